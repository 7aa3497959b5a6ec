import { tmpdir } from 'node:os';
import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { BrokerConnection, Publisher, QueueWatch, reportConnection, TopologyWatch, type Repair } from '#broker';
import {
  intakeTopology,
  keptBodyBytes,
  noticeTopology,
  partitionTopology,
  publicTopology,
  type Topology,
} from '#contracts';
import { createPool, DatabaseClock, reach, usualLimitMs } from '#database';
import {
  createMetrics,
  observeQueueAges,
  observeQueues,
  observeSkew,
  openTracing,
  Readiness,
  TopologyMetrics,
  type Logger,
} from '#observability';
import { Redaction } from '#redaction';
import { SecretBox } from '#secrets';
import type { ExecutorSettings } from '#settings';
import { Bodies } from './receive/bodies/bodies.ts';
import { LiveCatalog } from './control/catalog/live-catalog.ts';
import { CatalogListener } from './control/catalog/catalog-listener.ts';
import { CatalogLoader } from './control/catalog/catalog-loader.ts';
import { COMMAND_PARTS, CommandsController, type CommandParts } from './control/commands/commands.controller.ts';
import { HandlerTest } from './control/commands/handler-test.ts';
import type { Runners } from './call/call.ts';
import { createScriptRunner } from './call/script/script-runner.ts';
import { DeferralWorker } from './defer/deferral-worker.ts';
import { Resumption } from './defer/resumption.ts';
import { Attempts } from './execute/attempt.ts';
import { EventRunner } from './execute/event-runner.ts';
import { SecretMasking } from './execute/secret-masking.ts';
import { PlanRunner } from './execute/plan-runner.ts';
import { Bulkhead } from './execute/bulkhead/bulkhead.ts';
import { Allotments } from './execute/bulkhead/fleet/allotments.ts';
import { Paces } from './execute/bulkhead/fleet/paces.ts';
import { Holds } from './execute/bulkhead/holds.ts';
import { Releases } from './execute/bulkhead/releases.ts';
import { EXECUTOR_PARTS, type ExecutorParts } from './executor.ts';
import { FastLane } from './receive/fast-lane.ts';
import { HealthController } from './observe/health.controller.ts';
import { DatabaseWatch, type DatabaseWatchTimes } from './observe/database-watch.ts';
import { Heartbeat } from './observe/heartbeat.ts';
import {
  createIntakeConsumer,
  createPartitionConsumer,
  LossSigns,
  PartitionCensus,
  warnIfPartitionsStay,
} from './receive/consumers.ts';
import { Intake, PartitionReader } from './receive/intake.ts';
import { Journal } from './record/journal.ts';
import { JournalDays } from './record/journal-days.ts';
import { JournalLookup } from './record/journal-lookup.ts';
import { RejectedMessages } from './record/rejected-messages.ts';
import type { Run } from './record/run.ts';
import { ExecutorMetrics } from './observe/executor-metrics.ts';
import { METRICS_KEY, MetricsController } from './observe/metrics.controller.ts';
import { PartitionProbe } from './receive/partition-probe.ts';
import { NoticeSender } from './control/notices/notice-sender.ts';
import { NoticeWatch } from './control/notices/notice-watch.ts';
import { EventSender } from './control/operations/event-sender.ts';
import { operationKinds } from './control/operations/operation-kinds.ts';
import { OperationRunner } from './control/operations/operation-runner.ts';
import { EmailRunner } from './call/email/email-runner.ts';
import { HttpRunner } from './call/http/http-runner.ts';
import { ScriptInventory } from './call/script/script-inventory.ts';

interface Wired {
  parts: ExecutorParts;
  metrics: Registry;
  catalog: LiveCatalog;
  readiness: Readiness;
  handlerTest: HandlerTest;
  commands: CommandParts;
}

/** How soon something counts as hanging. */
export interface HangTimes {
  /** Milliseconds that a statement may take, where nothing else is said. */
  readonly statement?: number;
  readonly databaseWatch?: Partial<DatabaseWatchTimes>;
  /** An executor is not ready when work has waited for the database for longer, milliseconds. */
  readonly stall?: number;
}

const usualStallMs = 5_000;
/** How long the database is waited for when it is looked for, in each of two steps, milliseconds. */
const reachLimitMs = 4_000;

/** Everything of one executor, wired: read downwards, this is the way of an event backwards. */
async function wire(settings: ExecutorSettings, logger: Logger, times: HangTimes): Promise<Wired> {
  const executorId = uuidv7();
  const tracing = await openTracing(settings.tracing, { service: 'executor', id: executorId }, logger);
  const tracer = tracing?.tracer;
  const { statement = usualLimitMs, stall = usualStallMs } = times;
  const onLost = (error: Error) => logger.warn({ err: error }, 'database connection lost; opening another');
  const pool = createPool(settings.databaseUrl, onLost, statement);
  const registry = createMetrics();
  const clock = new DatabaseClock({ pool });
  observeSkew(registry, () => clock.skewMs);
  const { now } = clock;
  // A separate connection, because the broker stops reading from a publishing connection when it is short of memory or
  // disk. Events in the partitions and at the intake must still continue and be acknowledged.
  const connect = (part: string) =>
    BrokerConnection.open(settings.broker, `provisor ${part} ${executorId}`, { mostBodyBytes: keptBodyBytes });
  const intakeConnection = connect('intake');
  const partitionConnection = connect('executor');
  const senderConnection = connect('sender');
  reportConnection(intakeConnection, logger, 'intake');
  reportConnection(partitionConnection, logger, 'partitions');
  reportConnection(senderConnection, logger, 'sender');
  partitionConnection.once('connected', (version) => warnIfPartitionsStay(version, logger));

  const bodies = new Bodies(settings.prefetchBytes, tmpdir(), logger);
  const metrics = new ExecutorMetrics(registry, now);
  const onDeferred = (delayMs: number) => deferrals.expect(delayMs);
  const { searchFields } = settings;
  const journal = new Journal({ pool, executorId, now, observer: metrics, onDeferred, logger, searchFields });
  const http = new HttpRunner({ allow: settings.httpAllowCidrs, deny: settings.httpDenyCidrs, logger });
  const script = createScriptRunner(settings, logger);
  const email = new EmailRunner(settings.smtp);
  const runners = { http, script, email } satisfies Runners;
  const source = new CatalogLoader(pool, new SecretBox(settings.secretKeys), logger);
  const catalog = new LiveCatalog(source, logger, (loaded) => {
    holds.use(loaded);
    bulkhead.limitsChanged();
    // A hold may have ended.
    deferrals.expect(0);
    metrics.catalogLoaded();
    heartbeat.beat();
  });
  const holds = new Holds(now);
  const paces = new Paces({ pool, now, logger });
  const allotments = new Allotments({ pool, executorId, logger });
  const bulkhead = new Bulkhead({ catalog, holds, paces, allotments, now, logger });
  const releases = new Releases({ catalog, holds, paces, shares: bulkhead });
  const redaction = new Redaction(settings.redactedFields);
  const masking = new SecretMasking(redaction);
  const { cloudEventsSource } = settings;
  const attempts = new Attempts({ runners, masking, cloudEventsSource, now, logger, tracer });
  const plans = new PlanRunner({ attempts, bulkhead, recorder: journal, masking, now, logger });
  const lookup = new JournalLookup(pool, settings.deduplicationWindowMs, now, logger);
  const onEnded = (run: Run, failed: boolean) => metrics.ended(run, failed);
  const events = new EventRunner({
    catalog,
    gate: lookup,
    plans,
    resumption: new Resumption(pool, onDeferred, logger),
    onEnded,
    now,
    logger,
    tracer,
  });
  const deferrals = new DeferralWorker({ pool, resumer: events, shares: bulkhead, releases, bodies, logger });

  const { partitions } = settings;
  const onRepair = (repair: Repair) => {
    topologyMetrics.repaired(repair.kind);
    logger.error(repair, 'restored missing RabbitMQ topology; messages published meanwhile may be lost');
  };
  const queues = new QueueWatch(true);
  observeQueues(registry, () => queues.report());
  observeQueueAges(registry, () => queues.report());
  const watch = new TopologyWatch({
    connection: intakeConnection,
    declarations: everything(partitions),
    onRepair,
    onQueue: (queue, state) => queues.seen(queue, state),
    onFault: (fault) => {
      if (fault) logger.error({ err: fault }, 'failed to declare the RabbitMQ topology; retrying');
      else logger.info('RabbitMQ topology is complete again');
    },
  });
  const topologyMetrics = new TopologyMetrics(registry, () => watch.isSound);
  const publisher = (declarations: Topology) => new Publisher(senderConnection, declarations, onRepair);
  const probe = new PartitionProbe(publisher(partitionTopology(partitions)), partitions, logger);
  const census = new PartitionCensus(now);
  const rejected = new RejectedMessages({ pool, bodies, now, logger, onKept: (reason) => metrics.rejected(reason) });
  const lane = new FastLane({ events, journal, rejected, logger, tracer });
  const signs = new LossSigns(logger, () => metrics.expiring());
  const readers = { partitions, lane, rejected, bodies, now, logger };
  const intake = new Intake({ ...readers, survey: probe });
  const consumers = { executorId, partitions, rejected, signs, queues, watch, logger };
  const intakeConsumer = createIntakeConsumer(intakeConnection, intake, consumers);
  const partitioned = { reader: new PartitionReader(readers), census, probe };
  const partitionConsumer = createPartitionConsumer(partitionConnection, partitioned, consumers);

  const inFlight = () => intakeConsumer.inFlight + partitionConsumer.inFlight + deferrals.inFlight;
  const pulse = () => ({
    revision: catalog.current.revision,
    partitions: census.report(),
    inFlight: inFlight(),
    direct: intake.ownership.isDirect,
    circuits: bulkhead.circuits(),
    scripts: scripts.report,
  });
  metrics.watch({
    clock,
    inFlight,
    oldestHeldMs: () => Math.max(intakeConsumer.oldestHeldMs, partitionConsumer.oldestHeldMs),
    revision: () => catalog.current.revision,
    circuits: () => bulkhead.circuits(),
    isDirect: () => intake.ownership.isDirect,
    brokerConnections: {
      intake: () => intakeConnection.usable,
      partitions: () => partitionConnection.usable,
      sender: () => senderConnection.usable,
    },
    stalledMs: { journal: () => journal.watch.stalledMs, gate: () => lookup.watch.stalledMs },
    databaseConnections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  });
  const heartbeat = new Heartbeat({
    pool,
    executorId,
    partitionCount: partitions,
    clock,
    read: pulse,
    onMembership: () => probe.send(),
    logger,
  });
  const scripts = new ScriptInventory({
    folders: settings.scriptsDirs,
    searched: settings.scriptEnvironment.PATH,
    onChange: () => heartbeat.beat(),
    warn: (error) => logger.warn({ err: error }, 'failed to list scripts'),
  });

  const entrance = publisher(intakeTopology);
  const sender = new EventSender(entrance, logger);
  const kinds = operationKinds(pool, sender, () => deferrals.expect(0));
  const operations = new OperationRunner({ pool, kinds, logger });

  const notices = new NoticeWatch({
    pool,
    sender: new NoticeSender(entrance, publisher(noticeTopology)),
    style: { publicUrl: settings.publicUrl, hide: (text) => redaction.text(text) },
    intervalMs: settings.noticeIntervalMs,
    keyStuckAfterMs: settings.keyStuckAfterMs,
    retentionMs: settings.journalRetentionMs,
    onSent: (type) => metrics.noticeSent(type),
    logger,
  });

  const handlerTest = new HandlerTest({
    plans,
    journal,
    handler: (id) => source.handler(id),
    revision: () => catalog.current.revision,
    now,
    executorId,
    tracer,
  });
  const databaseWatch = new DatabaseWatch({
    stalledMs: () => Math.max(journal.watch.stalledMs, lookup.watch.stalledMs),
    reach: () => reach(settings.databaseUrl, Math.min(reachLimitMs, statement)),
    consumers: [intakeConsumer, partitionConsumer],
    flush: () => journal.flush(),
    logger,
    ...(times.databaseWatch && { times: times.databaseWatch }),
  });
  const readiness = new Readiness();
  readiness.add('postgresql', async () => {
    databaseWatch.assertHeld();
    await pool.assertWritable();
  });
  readiness.add('journal', () => journal.watch.assertMoving(stall));
  readiness.add('gate', () => lookup.watch.assertMoving(stall));
  readiness.add('rabbitmq', () => {
    intakeConnection.assertUsable();
    partitionConnection.assertUsable();
  });
  readiness.add('topology', () => watch.assertSound());
  readiness.add('catalog', () => catalog.assertCurrent());
  readiness.add('consumers', () => {
    if (!intakeConsumer.consuming) throw new Error('not consuming the intake queue');
    if (!partitionConsumer.consuming) throw new Error('not consuming partitions');
  });
  readiness.add('scripts', () => script.assertUsable());
  const parts: ExecutorParts = {
    pool,
    databaseUrl: settings.databaseUrl,
    clock,
    connections: [intakeConnection, partitionConnection, senderConnection],
    catalog,
    paces,
    allotments,
    ownership: intake.ownership,
    topology: watch,
    consumers: [intakeConsumer, partitionConsumer],
    deferrals,
    operations,
    notices,
    journal,
    journalDays: new JournalDays(pool, settings.journalRetentionMs, logger),
    runners: Object.values(runners),
    tracing,
    heartbeat,
    databaseWatch,
    scripts,
    logger,
  };
  return {
    parts,
    metrics: registry,
    catalog,
    readiness,
    handlerTest,
    commands: { deferrals, operations, handlerTest },
  };
}

/** The exchanges, queues and bindings that an executor needs. */
function everything(partitions: number): Topology {
  const ways = partitionTopology(partitions);
  return {
    exchanges: [...publicTopology.exchanges, ...ways.exchanges],
    queues: [...publicTopology.queues, ...ways.queues],
    bindings: [...publicTopology.bindings, ...ways.bindings],
  };
}

/** The composition root. NestJS serves health and hears the registry; events do not pass through it. */
@Module({})
export class ExecutorModule {
  static async create(settings: ExecutorSettings, logger: Logger, times: HangTimes): Promise<DynamicModule> {
    const { parts, metrics, catalog, readiness, handlerTest, commands } = await wire(settings, logger, times);
    return {
      module: ExecutorModule,
      controllers: [HealthController, MetricsController, CatalogListener, CommandsController],
      providers: [
        { provide: EXECUTOR_PARTS, useValue: parts },
        { provide: LiveCatalog, useValue: catalog },
        { provide: Readiness, useValue: readiness },
        { provide: Registry, useValue: metrics },
        { provide: METRICS_KEY, useValue: settings.metricsKey },
        { provide: HandlerTest, useValue: handlerTest },
        { provide: COMMAND_PARTS, useValue: commands },
      ],
    };
  }
}
