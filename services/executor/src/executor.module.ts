import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { BrokerConnection, Publisher, reportConnection } from '#broker';
import { intakeTopology, partitionTopology } from '#contracts';
import { createPool, ping } from '#database';
import { createMetrics, openTracing, Readiness, type Logger } from '#observability';
import { Redaction } from '#redaction';
import { SecretBox } from '#secrets';
import type { ExecutorSettings } from '#settings';
import { CatalogKeeper } from './catalog/catalog-keeper.ts';
import { CatalogListener } from './catalog/catalog-listener.ts';
import { CatalogLoader } from './catalog/catalog-loader.ts';
import { COMMAND_PARTS, CommandsController, type CommandParts } from './commands/commands.controller.ts';
import { HandlerTrial } from './commands/handler-trial.ts';
import { JournaledTrials } from './commands/journaled-trials.ts';
import { createScriptRunner } from './create-script-runner.ts';
import { AttemptMaker } from './dispatch/attempt-maker.ts';
import { DeferralWorker } from './deferral/deferral-worker.ts';
import { Resumer } from './deferral/resumer.ts';
import { Chain } from './dispatch/chain.ts';
import { Dispatcher } from './dispatch/dispatcher.ts';
import { Echoes } from './dispatch/echoes.ts';
import { Gate } from './dispatch/gate.ts';
import { Isolation } from './dispatch/isolation/isolation.ts';
import { Executor } from './executor.ts';
import { FastLane } from './fast-lane/fast-lane.ts';
import { HealthController } from './health/health.controller.ts';
import { Heartbeat } from './health/heartbeat.ts';
import { Intake } from './intake/intake.ts';
import { createIntakeConsumer } from './intake/intake-consumer.ts';
import { Shortcut } from './intake/shortcut.ts';
import { Journal } from './journal/journal.ts';
import { JournalDays } from './journal/journal-days.ts';
import { JournalLookup } from './journal/journal-lookup.ts';
import { JournalWriter } from './journal/journal-writer.ts';
import { RejectedMessages } from './journal/rejected-messages.ts';
import { ExecutorMetrics } from './metrics/executor-metrics.ts';
import { MeasuredJournal } from './metrics/measured-journal.ts';
import { MeasuredResumer } from './metrics/measured-resumer.ts';
import { METRICS_KEY, MetricsController } from './metrics/metrics.controller.ts';
import { PartitionCensus } from './partitions/partition-census.ts';
import { createPartitionConsumer, warnIfPartitionsStay } from './partitions/partition-consumer.ts';
import { PartitionProbe } from './partitions/partition-probe.ts';
import { PartitionReader } from './partitions/partition-reader.ts';
import { EventSender } from './replay/event-sender.ts';
import { ReplayRuns } from './replay/replay-runs.ts';
import { Replayer } from './replay/replayer.ts';
import { HttpRunner } from './runners/http/http-runner.ts';

interface Wired {
  executor: Executor;
  metrics: Registry;
  catalog: CatalogKeeper;
  readiness: Readiness;
  trial: HandlerTrial;
  commands: CommandParts;
}

/** Everything of one executor, wired: read downwards, this is the way of an event backwards. */
async function wire(settings: ExecutorSettings, logger: Logger): Promise<Wired> {
  const executorId = uuidv7();
  const tracing = await openTracing(settings.tracing, { service: 'executor', id: executorId }, logger);
  const tracer = tracing?.tracer;
  const pool = createPool(settings.databaseUrl, (error) => logger.warn({ err: error }, 'lost a database connection'));
  // Apart, since the broker stops reading from a connection that publishes when it runs short of memory or disk: what is
  // already in the partitions must get on all the same, and be acknowledged, and so must what is handled at the intake.
  const connect = (part: string) => BrokerConnection.open(settings.broker, `provisor ${part} ${executorId}`);
  const [intakeConnection, partitionConnection, senderConnection] = await Promise.all([
    connect('intake'),
    connect('executor'),
    connect('sender'),
  ]);
  reportConnection(partitionConnection, logger);
  partitionConnection.once('connected', (version) => warnIfPartitionsStay(version, logger));

  const registry = createMetrics();
  const metrics = new ExecutorMetrics(registry);
  const writer = new JournalWriter(pool, logger, (entries, ms) => metrics.journalWritten(entries, ms));
  const journal = new Journal(writer, executorId, (delayMs) => deferrals.expect(delayMs));
  const recorder = new MeasuredJournal(journal, metrics);
  const http = new HttpRunner({ allow: settings.httpAllowCidrs, deny: settings.httpDenyCidrs });
  const script = createScriptRunner(settings, logger);
  const runners = { http, script };
  const isolation = new Isolation(logger);
  const echoes = new Echoes(new Redaction(settings.redactedFields));
  const { cloudEventsSource } = settings;
  const attempts = new AttemptMaker({ runners, isolation, recorder, echoes, cloudEventsSource, logger });
  const chain = new Chain(attempts);

  const source = new CatalogLoader(pool, new SecretBox(settings.secretKeys), logger);
  const catalog = new CatalogKeeper(source, logger, () => {
    metrics.catalogLoaded();
    heartbeat.beat();
  });
  const gate = new Gate(new JournalLookup(pool, settings.deduplicationWindowMs, logger));
  const inForce = () => catalog.current;
  const dispatcher = new Dispatcher({ catalog: inForce, gate, chain, recorder, logger });
  const resumer = new MeasuredResumer(new Resumer({ catalog: inForce, gate, chain, journal, tracer }), metrics);
  const deferrals = new DeferralWorker({ pool, executorId, resumer, shares: isolation, logger });

  const { partitions } = settings;
  const probe = new PartitionProbe(new Publisher(senderConnection, partitionTopology(partitions)), partitions, logger);
  const census = new PartitionCensus();
  const rejected = new RejectedMessages(pool, logger, (reason) => metrics.rejected(reason));
  const lane = new FastLane(dispatcher, rejected, logger, tracer);
  const reader = new PartitionReader(lane, rejected);
  const partitionConsumer = createPartitionConsumer(
    partitionConnection,
    executorId,
    partitions,
    reader,
    census,
    probe,
    logger,
  );
  const shortcut = new Shortcut(probe, logger);
  const intake = new Intake({ partitions, lane, shortcut, rejected, logger });
  const intakeConsumer = createIntakeConsumer(intakeConnection, partitions, intake, logger);

  const inFlight = () => intakeConsumer.inFlight + partitionConsumer.inFlight + deferrals.inFlight;
  const pulse = () => ({
    revision: catalog.current.revision,
    partitions: census.report(),
    inFlight: inFlight(),
    circuits: isolation.circuits(),
  });
  metrics.watch({
    inFlight,
    revision: () => catalog.current.revision,
    circuits: () => isolation.circuits(),
    shortcutOpen: () => shortcut.open,
    brokerConnections: {
      intake: () => intakeConnection.usable,
      partitions: () => partitionConnection.usable,
      sender: () => senderConnection.usable,
    },
    databaseConnections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  });
  const heartbeat = new Heartbeat(pool, executorId, pulse, () => probe.send(), logger);

  const sender = new EventSender(new Publisher(senderConnection, intakeTopology), logger);
  const replayer = new Replayer({ runs: new ReplayRuns(pool), sender, logger });

  const trial = new HandlerTrial({
    attempts: new JournaledTrials({ runners, isolation, journal, echoes, cloudEventsSource, logger }),
    handler: (id) => source.handler(id),
    revision: () => catalog.current.revision,
    executorId,
    tracer,
  });
  const readiness = new Readiness();
  readiness.add('postgresql', () => ping(pool));
  readiness.add('rabbitmq', () => {
    intakeConnection.assertUsable();
    partitionConnection.assertUsable();
  });
  readiness.add('catalog', () => catalog.assertLoaded());
  readiness.add('consumers', () => {
    if (!intakeConsumer.consuming) throw new Error('not taking in billing events');
    if (!partitionConsumer.consuming) throw new Error('not reading partitions');
  });
  const { shutdownTimeoutMs } = settings;
  const executor = new Executor({
    pool,
    connections: [intakeConnection, partitionConnection, senderConnection],
    catalog,
    shortcut,
    consumers: [intakeConsumer, partitionConsumer],
    deferrals,
    replayer,
    journal: writer,
    journalDays: new JournalDays(pool, settings.journalRetentionMs, logger),
    runners: [http, script],
    tracing,
    heartbeat,
    logger,
    shutdownTimeoutMs,
  });
  return { executor, metrics: registry, catalog, readiness, trial, commands: { deferrals, replays: replayer, trial } };
}

/** The composition root. NestJS serves health and hears the registry; events do not pass through it. */
@Module({})
export class ExecutorModule {
  static async create(settings: ExecutorSettings, logger: Logger): Promise<DynamicModule> {
    const { executor, metrics, catalog, readiness, trial, commands } = await wire(settings, logger);
    return {
      module: ExecutorModule,
      controllers: [HealthController, MetricsController, CatalogListener, CommandsController],
      providers: [
        { provide: Executor, useValue: executor },
        { provide: CatalogKeeper, useValue: catalog },
        { provide: Readiness, useValue: readiness },
        { provide: Registry, useValue: metrics },
        { provide: METRICS_KEY, useValue: settings.metricsKey },
        { provide: HandlerTrial, useValue: trial },
        { provide: COMMAND_PARTS, useValue: commands },
      ],
    };
  }
}
