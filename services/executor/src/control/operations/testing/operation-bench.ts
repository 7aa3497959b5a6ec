import { once } from 'node:events';
import { v7 as uuidv7 } from 'uuid';
import { BrokerConnection, Consumer, Publisher } from '#broker';
import { intakeQueue, intakeTopology, type ReplayFilter } from '#contracts';
import { createPool, type Pool } from '#database';
import { createLogger } from '#observability';
import { eventually } from '../../../../../../test/support/eventually.ts';
import type { Arrival } from '../../../record/run.ts';
import { readForwardedEvent } from '../../../receive/message.ts';
import { Workbench } from '../../../testing/workbench.ts';
import { EventSender, type MessagePublisher } from '../event-sender.ts';
import { operationKinds } from '../operation-kinds.ts';
import { OperationRunner } from '../operation-runner.ts';

/** When the first event of a journal was received. */
export const journalBegins = Date.parse('2026-03-01T09:00:00Z');

export interface NewEvent {
  eventId?: string;
  type?: string;
  objectId?: number | string;
  key?: string;
  status?: string;
  test?: boolean;
  replayId?: string | null;
  /** Milliseconds since 1970; a second later than the event before unless given. */
  receivedAt?: number;
  body?: string;
}

export interface NewReplay {
  eventId?: string;
  filter?: ReplayFilter;
  handlerIds?: string[];
  createdAt?: Date;
}

/** A row of `operation_runs`. */
export interface RunRow {
  total: number;
  released: number;
  position: string | null;
  started_at: Date;
  finished_at: Date | null;
  lease_id: string | null;
  lease_until: Date | null;
}

/** A journal to replay from, operation runners, and a reader in the place of the one who reads the intake. */
export class OperationBench {
  readonly pool: Pool;
  readonly publisher: MessagePublisher;
  /** What has arrived at the intake, in that order. */
  readonly arrivals: Arrival[] = [];
  readonly #bench: Workbench;
  readonly #connection: BrokerConnection;
  readonly #consumer: Consumer;
  readonly #runners: OperationRunner[] = [];
  #onArrival: () => void = () => undefined;
  #received = journalBegins;

  static async open(): Promise<OperationBench> {
    const bench = await Workbench.open();
    const connection = BrokerConnection.open(bench.sandbox.amqpUrl, 'test');
    await once(connection, 'connected');
    return new OperationBench(bench, connection);
  }

  private constructor(bench: Workbench, connection: BrokerConnection) {
    this.#bench = bench;
    this.#connection = connection;
    this.pool = createPool(bench.sandbox.databaseUrl, () => undefined);
    this.publisher = new Publisher(connection, intakeTopology);
    this.#consumer = new Consumer(connection, {
      declarations: intakeTopology,
      subscriptions: [{ queue: intakeQueue }],
      prefetch: 100,
      onStuck: (_delivery, { last }) => Promise.reject(last),
      onDelivery: (delivery) => {
        this.arrivals.push(readForwardedEvent(delivery));
        this.#onArrival();
        return Promise.resolve('done');
      },
      onConsuming: () => undefined,
      onFailure: () => undefined,
    });
    this.#consumer.start();
  }

  /** Starts an operation runner that is stopped with the bench. */
  startRunner(publisher = this.publisher): OperationRunner {
    const logger = createLogger('executor', 'silent');
    const kinds = operationKinds(this.pool, new EventSender(publisher, logger), () => undefined);
    const runner = new OperationRunner({ pool: this.pool, kinds, logger });
    this.#runners.push(runner);
    runner.start();
    return runner;
  }

  /** Puts events into the journal, received one after another; gives the ids of their rows. */
  async addEvents(...events: NewEvent[]): Promise<string[]> {
    const rows = events.map((event) => this.#row(event));
    await this.pool.query(
      `insert into events (id, event_id, type, object_id, partition_key, status, occurred_at, received_at, finished_at,
         revision, skipped, replay_id, test, body)
       select id, event_id, type, object_id, partition_key, status, received_at, received_at, received_at,
         1, '{}', replay_id, test, body
       from json_to_recordset($1) as row (id uuid, event_id text, type text, object_id text, partition_key text,
         status text, received_at timestamptz, replay_id uuid, test boolean, body text)`,
      [JSON.stringify(rows)],
    );
    return rows.map(({ id }) => id);
  }

  /** Requests a replay like the registry, without announcing it. */
  async addReplay({ eventId, filter = {}, handlerIds, createdAt = new Date() }: NewReplay = {}): Promise<string> {
    const id = uuidv7();
    await this.pool.query(
      `insert into operations (id, kind, created_at, created_by, event_id, filter, handler_ids)
       values ($1, 'replay', $2, 'test', $3, $4, $5)`,
      [id, createdAt, eventId ?? null, filter, handlerIds ?? null],
    );
    return id;
  }

  async cancel(replayId: string): Promise<void> {
    await this.pool.query('update operations set cancelled_at = now() where id = $1', [replayId]);
  }

  async run(replayId: string): Promise<RunRow | undefined> {
    const { rows } = await this.pool.query<RunRow>('select * from operation_runs where operation_id = $1', [replayId]);
    return rows[0];
  }

  /** How the replay has ended, when it has. */
  finished(replayId: string): Promise<RunRow> {
    return eventually(async () => {
      const run = await this.run(replayId);
      return run?.finished_at ? run : undefined;
    });
  }

  /** Resolves when this number of events has arrived at the intake. */
  async arrived(count: number): Promise<void> {
    while (this.arrivals.length < count) await new Promise<void>((resolve) => (this.#onArrival = resolve));
  }

  /** Ids of the events that have arrived, in that order. */
  get arrivedIds(): string[] {
    return this.arrivals.map(({ event }) => event.id);
  }

  async close(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.stop()));
    await this.#consumer.stop(AbortSignal.timeout(1_000));
    await this.#connection.close();
    await this.pool.end();
    await this.#bench.close();
  }

  #row({
    eventId = uuidv7(),
    type = 'clients.update',
    objectId = 12,
    key = String(objectId),
    status = 'succeeded',
    test = false,
    replayId = null,
    receivedAt = this.#received + 1_000,
    body,
  }: NewEvent) {
    this.#received = receivedAt;
    const time = new Date(receivedAt).toISOString();
    const event = { id: eventId, dt: time, events_id: type, object_id: objectId };
    return {
      id: uuidv7({ msecs: receivedAt }),
      event_id: eventId,
      type,
      object_id: JSON.stringify(objectId),
      partition_key: key,
      status,
      received_at: time,
      replay_id: replayId,
      test,
      body: body ?? JSON.stringify({ event, data: { id: objectId } }),
    };
  }
}
