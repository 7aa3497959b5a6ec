import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Installation, type RunningExecutor } from '../../test/support/installation.ts';
import { readRecord } from '../../tools/supervisor/record.ts';
import type { BrokerKind } from '../../tools/servers/index.ts';
import { MeasurementError } from '../bench-error.ts';
import { family, processorTime, type ProcessorTime, type ProcessorWindow } from '../processor-time.ts';
import type { BareLoopTask } from '../processes/bare-loop.ts';
import { benchEventType, type SparedPartition, type Stream } from '../processes/bench-event.ts';
import type { FloorTask } from '../processes/floor.ts';
import type { LoadTask } from '../processes/load.ts';
import type { ReceiverTask, Reception } from '../processes/receiver.ts';
import { Helper } from './helper.ts';

const bareQueue = 'bench.bare';
const floorQueue = 'bench.floor';
/** When nothing more has come to the journal for so long, nothing will. */
const journalPatienceMs = 30_000;

export interface StandOptions {
  readonly say: (line: string) => void;
  /** A quick look instead of a figure to publish. */
  readonly quick: boolean;
  /** Events of the journal when it is full. */
  readonly rows?: number;
  /** Which RabbitMQ; without it any. */
  readonly broker?: BrokerKind;
  /** Settings of the services. */
  readonly settings?: NodeJS.ProcessEnv;
}

/** What a run is fed with. */
export interface Load {
  readonly events: number;
  readonly keys: number;
  readonly bytes: number;
  readonly types?: readonly string[];
  readonly spared?: SparedPartition;
  /** Events a second; without it all of them are there before the run begins. */
  readonly rate?: number;
  /** Events at the beginning that do not count; a tenth unless said. */
  readonly warmUp?: number;
  /** Whether to reckon the processor time of an event, where that can be done. */
  readonly watchProcessor?: boolean;
}

/** What the target saw of a run, and what an event took of the processor where that was asked for and can be told. */
export interface Run extends Reception {
  readonly cost?: ProcessorTime;
}

/** Why {@link Run.cost} may be missing. */
export const costNeeds =
  'processor time can be told apart on Linux only (/proc), with a RabbitMQ that runs in no container';

type Watch = Pick<Load, 'warmUp' | 'watchProcessor'>;

/** What a run of the product is expected to do. */
export interface Expected {
  /** Calls that the target sees; without it one for each event. */
  readonly calls?: number;
  /** Events that succeed; without it all. */
  readonly succeeded?: number;
  /** How long the target takes. */
  readonly delayMs?: number;
  readonly executors?: number;
  /** Settings of the executors. */
  readonly settings?: NodeJS.ProcessEnv;
}

/**
 * Everything that benches run on: servers, registry and executors of their own, load and target in processes of theirs.
 */
export class Harness {
  readonly installation: Installation;
  readonly database: pg.Client;
  readonly quick: boolean;
  readonly rows: number | undefined;
  readonly say: (line: string) => void;
  readonly #receiver: Helper<ReceiverTask>;
  readonly #load: Helper<LoadTask>;
  #origin = '';

  static async open(options: StandOptions): Promise<Harness> {
    const { say, broker = 'any', settings } = options;
    const installation = await Installation.start({ LOG_LEVEL: 'warn', ...settings }, { log: say, broker });
    const database = new pg.Client({ connectionString: installation.servers.databaseUrl });
    const harness = new Harness(installation, database, options);
    await database.connect();
    harness.#origin = `http://127.0.0.1:${String(await harness.#receiver.ask<number>({ do: 'listen' }))}`;
    return harness;
  }

  private constructor(installation: Installation, database: pg.Client, { say, quick, rows }: StandOptions) {
    this.installation = installation;
    this.database = database;
    this.say = say;
    this.quick = quick;
    this.rows = rows;
    this.#receiver = Helper.start('receiver');
    this.#load = Helper.start('load');
  }

  async close(): Promise<void> {
    await Promise.all([this.#receiver.stop(), this.#load.stop(), this.database.end()]);
    await this.installation.stop();
  }

  /** Another one as this one is, but for its servers; this one goes on. */
  async beside(wanted: Pick<StandOptions, 'broker' | 'settings'>): Promise<Harness> {
    return Harness.open({ say: this.say, quick: this.quick, ...wanted });
  }

  /** Where the target listens. */
  get origin(): string {
    return this.#origin;
  }

  /** Where the target listens for a handler. */
  target(handler: number): string {
    return `${this.#origin}/${String(handler)}`;
  }

  /** Replaces all handlers with these, given by their differences from the usual one; the first runs first. */
  async haveHandlers(handlers: readonly object[]): Promise<void> {
    const { items } = await this.installation.json<{ items: { id: string }[] }>('GET', '/handlers?limit=500');
    for (const { id } of items) await this.installation.call('DELETE', `/handlers/${id}`);
    for (const [index, settings] of handlers.entries()) {
      const usual = {
        name: `bench ${String(index)}`,
        event: benchEventType,
        task: { type: 'http', url: this.target(index) },
      };
      await this.installation.json('POST', '/handlers', { ...usual, ...settings });
    }
  }

  /** One run of the product: what the target saw. */
  async product(load: Load, expected: Expected = {}): Promise<Run> {
    const { calls = load.events, succeeded = load.events, delayMs = 0, executors, settings } = expected;
    const stream = streamOf(load);
    return this.withExecutors(executors, settings, async (start) => {
      const received = this.receive({ run: stream.run, calls, delayMs, ...watchOf(load, calls) });
      let running: RunningExecutor[] = [];
      await this.publish(stream, load.rate, async () => {
        running = await start();
      });
      const reception = await received;
      await this.journaled(stream, succeeded, calls);
      const pids = running.map(({ process }) => process.pid);
      return this.#withCost(reception, pids, calls / load.events);
    });
  }

  /** One run of the bare loop. */
  async bareLoop(load: Load, handlers = 1): Promise<Run> {
    const stream = streamOf(load);
    const { amqpUrl } = this.installation.servers;
    const loop = Helper.start<BareLoopTask>('bare-loop');
    try {
      await loop.ask({ do: 'declare', amqpUrl, queue: bareQueue });
      const calls = load.events * handlers;
      const received = this.receive({ run: stream.run, calls, ...watchOf(load, calls) });
      const start = (): Promise<unknown> =>
        loop.ask({ do: 'consume', queue: bareQueue, origin: this.#origin, handlers });
      await this.publish(stream, load.rate, start, { queue: bareQueue });
      return this.#withCost(await received, [loop.pid], handlers);
    } finally {
      await loop.stop();
    }
  }

  /** One run of the floor, which ends when its journal has every event and every attempt. */
  async floor(load: Load): Promise<Run> {
    const stream = streamOf(load);
    const { amqpUrl, databaseUrl } = this.installation.servers;
    const floor = Helper.start<FloorTask>('floor');
    try {
      await floor.ask({ do: 'declare', amqpUrl, databaseUrl, queue: floorQueue });
      const received = this.receive({ run: stream.run, calls: load.events, ...watchOf(load, load.events) });
      const start = (): Promise<unknown> => floor.ask({ do: 'consume', queue: floorQueue, origin: this.#origin });
      await this.publish(stream, load.rate, start, { queue: floorQueue });
      const reception = await received;
      await floor.ask({ do: 'settle', events: load.events });
      return this.#withCost(reception, [floor.pid]);
    } finally {
      await floor.stop();
    }
  }

  /**
   * What an event took of the processor; undefined where RabbitMQ runs out of sight.
   *
   * @param consumers Processes that did the work.
   */
  costOf(window: ProcessorWindow, consumers: readonly number[], events: number): ProcessorTime | undefined {
    const servers = readRecord(this.installation.dataDir);
    const named = (name: string): number[] => servers.filter(({ spec }) => spec.name === name).map(({ pid }) => pid);
    const rabbitmq = named('rabbitmq');
    const erlang = rabbitmq.flatMap((pid) => family(window.to, pid));
    if (!erlang.some(({ command }) => command === 'beam.smp')) return undefined;
    return processorTime(window, events, {
      consumer: consumers,
      PostgreSQL: named('postgres'),
      RabbitMQ: rabbitmq,
      target: [this.#receiver.pid],
    });
  }

  #withCost(reception: Reception, consumers: readonly number[], handlers = 1): Run {
    const { processor, calls } = reception;
    const cost = processor && this.costOf(processor, consumers, calls / handlers);
    return { ...reception, ...(cost && { cost }) };
  }

  /**
   * What the target sees of a run, when it has seen all of it: to be asked for before anything can come.
   *
   * @param delayMs How long the target takes.
   * @throws {MeasurementError} When something was lost, repeated or out of order.
   */
  receive(expected: Omit<Extract<ReceiverTask, { do: 'receive' }>, 'do'>): Promise<Reception> {
    const received = this.#receiver.ask<Reception>({ do: 'receive', ...expected }).then(faultless);
    // It is waited for after everything is published, and may have failed by then.
    received.catch(() => undefined);
    return received;
  }

  /** Publishes a stream: before the start as a backlog, or after it at a rate. */
  async publish(
    stream: Stream,
    rate: number | undefined,
    start: () => Promise<unknown>,
    to: Pick<LoadTask, 'queue' | 'dialect'> = {},
  ): Promise<void> {
    const { amqpUrl } = this.installation.servers;
    const task: LoadTask = { amqpUrl, stream, ...to, ...(rate !== undefined && { rate }) };
    if (rate !== undefined) await start();
    await this.#load.ask(task);
    if (rate === undefined) await start();
  }

  /** Runs work that starts executors when it wants them, and stops them after it. */
  async withExecutors<T>(
    count = 1,
    settings: NodeJS.ProcessEnv = {},
    work: (start: () => Promise<RunningExecutor[]>) => Promise<T>,
  ): Promise<T> {
    const running: RunningExecutor[] = [];
    const start = async (): Promise<RunningExecutor[]> => {
      for (let number = 0; number < count; number++) running.push(await this.installation.startExecutor(settings));
      return running;
    };
    try {
      return await work(start);
    } finally {
      await Promise.all(running.map(({ process }) => process.stop()));
    }
  }

  /**
   * Waits until the journal has this number of events of a stream, and all their executions: an event is acknowledged
   * after that.
   */
  async journaled({ run }: Stream, events: number, attempts: number): Promise<void> {
    let progress = { count: -1, at: performance.now() };
    for (;;) {
      const lookedAt = performance.now();
      const { rows } = await this.database.query<{ events: number; attempts: number }>(
        `select (select count(*) from events where event_id like $1 and status = 'succeeded')::integer as events,
           (select count(*) from attempts where event_id like $1 and outcome = 'success')::integer as attempts`,
        [`${run}:%`],
      );
      if (rows[0]?.events === events && rows[0].attempts === attempts) return;
      const count = rows[0]!.events + rows[0]!.attempts;
      if (count > progress.count) progress = { count, at: lookedAt };
      if (lookedAt - progress.at > journalPatienceMs) {
        throw new MeasurementError(`the journal has ${JSON.stringify(rows[0])} of ${String(events)} events`);
      }
      // Looking is work for the database that is being measured: a twentieth of it at most.
      await delay(Math.max(100, (performance.now() - lookedAt) * 20));
    }
  }
}

/** How the target is to look at a run. The warm-up is in calls, of which an event may have several. */
function watchOf({ warmUp, events, watchProcessor = false }: Load, calls: number): Watch {
  return { watchProcessor, ...(warmUp !== undefined && { warmUp: Math.round((warmUp * calls) / events) }) };
}

/** A stream with a mark of its own. */
export function streamOf({ events, keys, bytes, types = [benchEventType], spared }: Load): Stream {
  return { run: randomBytes(4).toString('hex'), events, keys, bytes, types, ...(spared && { spared }) };
}

function faultless(reception: Reception): Reception {
  const { faults } = reception;
  if (faults.length === 0) return reception;
  throw new MeasurementError(`events were lost, repeated or out of order:\n  ${faults.join('\n  ')}`);
}
