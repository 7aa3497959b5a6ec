import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { billingExchange } from '#contracts';
import { Installation, type RunningExecutor } from '../../test/support/installation.ts';
import { eventually } from '../../test/support/eventually.ts';
import { MeasurementError } from '../bench-error.ts';
import type { BareLoopTask } from '../processes/bare-loop.ts';
import { benchEventType, type Stream } from '../processes/bench-event.ts';
import type { LoadTask } from '../processes/load.ts';
import type { ReceiverTask, Reception } from '../processes/receiver.ts';
import { Helper } from './helper.ts';

const bareQueue = 'bench.bare';

export interface StandOptions {
  readonly say: (line: string) => void;
  /** A quick look instead of a figure to publish. */
  readonly quick: boolean;
}

/** What a run is fed with. */
export interface Load {
  readonly events: number;
  readonly keys: number;
  readonly bytes: number;
  /** Events a second; without it all of them are there before the run begins. */
  readonly rate?: number;
}

/** Everything that benches run on: servers, registry and executors of their own, load and target in processes of theirs. */
export class Stand {
  readonly installation: Installation;
  readonly quick: boolean;
  readonly say: (line: string) => void;
  readonly #receiver: Helper<ReceiverTask>;
  readonly #load: Helper<LoadTask>;
  readonly #database: pg.Client;
  #origin = '';

  static async open({ say, quick }: StandOptions): Promise<Stand> {
    const installation = await Installation.start({ LOG_LEVEL: 'warn' }, { log: say });
    const database = new pg.Client({ connectionString: installation.servers.databaseUrl });
    const stand = new Stand(installation, database, { say, quick });
    await database.connect();
    stand.#origin = `http://127.0.0.1:${String(await stand.#receiver.ask<number>({ do: 'listen' }))}`;
    return stand;
  }

  private constructor(installation: Installation, database: pg.Client, { say, quick }: StandOptions) {
    this.installation = installation;
    this.say = say;
    this.quick = quick;
    this.#database = database;
    this.#receiver = Helper.start('receiver');
    this.#load = Helper.start('load');
  }

  get database(): pg.Client {
    return this.#database;
  }

  async close(): Promise<void> {
    await Promise.all([this.#receiver.stop(), this.#load.stop(), this.#database.end()]);
    await this.installation.stop();
  }

  /** Has just so many handlers in force for the events of the benches, each with a path of its own at the target. */
  async haveHandlers(count: number, settings: object = {}): Promise<void> {
    const { items } = await this.installation.json<{ items: { id: string }[] }>(
      'GET',
      `/handlers?event=${benchEventType}&limit=500`,
    );
    for (const { id } of items) await this.installation.call('DELETE', `/handlers/${id}`);
    for (let handler = 0; handler < count; handler++) {
      const task = { type: 'http', url: `${this.#origin}/${String(handler)}` };
      const name = `bench ${String(handler)}`;
      await this.installation.json('POST', '/handlers', { name, event: benchEventType, task, ...settings });
    }
  }

  /** One run of the product: what the target saw. */
  async product(load: Load, handlers: number, executors = 1, delayMs = 0): Promise<Reception> {
    const stream = streamOf(load);
    const publish = {
      amqpUrl: this.installation.servers.amqpUrl,
      exchange: billingExchange,
      routingKey: benchEventType,
    };
    const running: RunningExecutor[] = [];
    const start = async (): Promise<void> => {
      for (let count = 0; count < executors; count++) running.push(await this.installation.startExecutor());
    };
    try {
      const reception = await this.#run({ publish, stream, load, handlers, delayMs }, start);
      await this.#assertJournaled(stream, handlers);
      return reception;
    } finally {
      await Promise.all(running.map(({ process }) => process.stop()));
    }
  }

  /** One run of the bare loop. */
  async bareLoop(load: Load, handlers: number): Promise<Reception> {
    const stream = streamOf(load);
    const { amqpUrl } = this.installation.servers;
    const loop = Helper.start<BareLoopTask>('bare-loop');
    try {
      await loop.ask({ do: 'declare', amqpUrl, queue: bareQueue });
      const publish = { amqpUrl, exchange: '', routingKey: bareQueue };
      return await this.#run({ publish, stream, load, handlers, delayMs: 0 }, () =>
        loop.ask({ do: 'consume', queue: bareQueue, origin: this.#origin, handlers }),
      );
    } finally {
      await loop.stop();
    }
  }

  async #run(
    {
      publish,
      stream,
      load,
      handlers,
      delayMs,
    }: {
      publish: Omit<LoadTask, 'stream'>;
      stream: Stream;
      load: Load;
      handlers: number;
      delayMs: number;
    },
    start: () => Promise<unknown>,
  ): Promise<Reception> {
    const received = this.#receiver.ask<Reception>({ do: 'receive', stream, handlers, delayMs });
    const published = (): Promise<unknown> =>
      this.#load.ask({ ...publish, stream, ...(load.rate !== undefined && { rate: load.rate }) });
    if (load.rate === undefined) {
      await published();
      await start();
    } else {
      await start();
      await published();
    }
    const reception = await received;
    if (reception.faults.length > 0) {
      throw new MeasurementError(`events were lost, repeated or out of order:\n  ${reception.faults.join('\n  ')}`);
    }
    return reception;
  }

  /** What was counted has to be in the journal, whole: an event is acknowledged after that. */
  async #assertJournaled({ run, events }: Stream, handlers: number): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.#database.query<{ events: number; attempts: number }>(
        `select (select count(*) from events where event_id like $1 and status = 'succeeded')::integer as events,
           (select count(*) from attempts where event_id like $1 and outcome = 'success')::integer as attempts`,
        [`${run}:%`],
      );
      const [found] = rows;
      return found?.events === events && found.attempts === events * handlers ? true : undefined;
    }, 30_000).catch((error: unknown) => {
      throw new MeasurementError(`the journal has not got all of ${String(events)} events`, { cause: error });
    });
  }
}

function streamOf({ events, keys, bytes }: Load): Stream {
  return { run: randomBytes(4).toString('hex'), events, keys, bytes };
}
