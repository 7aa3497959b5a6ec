/**
 * The floor: what the promises of the fast lane cost when nothing else is in the way. Consumes a quorum queue, keeps
 * order for each key, asks the gate, posts the body, writes an event and an attempt with the columns and indexes of the
 * journal, and acknowledges after the commit. It has no plan, conditions, limits, masking, timeouts, retries or traces:
 * a bound to approach, not a design.
 */
import { connect, type Channel, type ConsumeMessage } from 'amqplib';
import pg from 'pg';
import { Pool, type Dispatcher } from 'undici';
import { v7 as uuid } from 'uuid';
import {
  attemptColumns,
  columnList,
  eventColumns,
  type AttemptRecord,
  type Columns,
  type ColumnType,
  type EventRecord,
} from '#journal';
import { MeasurementError } from '../bench-error.ts';
import { serve } from './serve.ts';

export type FloorTask =
  | { readonly do: 'declare'; readonly amqpUrl: string; readonly databaseUrl: string; readonly queue: string }
  | { readonly do: 'consume'; readonly queue: string; readonly origin: string }
  /** Number of events: it answers when all are committed and acknowledged, and fails when the journal has others. */
  | { readonly do: 'settle'; readonly events: number };

/** As the bare loop. */
const prefetch = 200;
const connections = 64;
const databaseConnections = 4;

const handlerId = uuid();
const executorId = uuid();

/** An event on its way. */
interface Event {
  readonly message: ConsumeMessage;
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
  readonly key: string;
  readonly occurredAt: string;
  readonly executionId: string;
  readonly body: string;
  startedAt: Date;
  endedAt: Date;
  durationMs: number;
  response: string;
}

/** What a column has of an event; null: it stays empty for an event that succeeds. */
type Values<Name extends string> = Readonly<Record<Name, ((event: Event) => unknown) | null>>;

const eventValues: Values<keyof EventRecord> = {
  id: () => uuid(),
  event_id: ({ id }) => id,
  type: ({ type }) => type,
  object_id: ({ objectId }) => objectId,
  partition_key: ({ key }) => key,
  status: () => 'succeeded',
  occurred_at: ({ occurredAt }) => occurredAt,
  received_at: ({ startedAt }) => startedAt,
  finished_at: ({ endedAt }) => endedAt,
  revision: () => 1,
  failed: () => false,
  skipped: () => '{}',
  disabled: () => '{}',
  replay_id: null,
  replay_of: null,
  test: () => false,
  traceparent: null,
  body: ({ body }) => body,
};

const attemptValues: Values<keyof AttemptRecord> = {
  id: () => uuid(),
  execution_id: ({ executionId }) => executionId,
  event_id: ({ id }) => id,
  event_type: ({ type }) => type,
  object_id: ({ objectId }) => objectId,
  handler_id: () => handlerId,
  task_type: () => 'http',
  position: () => 1,
  number: () => 1,
  counted: () => true,
  outcome: () => 'success',
  reason: null,
  message: null,
  reached: () => 'yes',
  status: () => 'succeeded',
  next_attempt_at: null,
  response: ({ response }) => response,
  kept: null,
  started_at: ({ startedAt }) => startedAt,
  duration_ms: ({ durationMs }) => durationMs,
  revision: () => 1,
  replay_id: null,
  test: () => false,
  executor_id: () => executorId,
};

interface Filled {
  readonly name: string;
  readonly type: ColumnType;
  readonly of: (event: Event) => unknown;
}

function filled(columns: Columns, values: Values<string>): readonly Filled[] {
  return Object.entries(columns).flatMap(([name, { type }]) => {
    const of = values[name];
    return of ? [{ name, type, of }] : [];
  });
}

const filledOfEvents = filled(eventColumns, eventValues);
const filledOfAttempts = filled(attemptColumns, attemptValues);

/** The tables of the product, empty and not divided into days. */
const tables = `drop schema if exists bench_floor cascade; create schema bench_floor;
  create table bench_floor.events (like public.events including indexes);
  create table bench_floor.attempts (like public.attempts including indexes);
  create table bench_floor.keys (like public.deferral_keys including indexes)`;

const gateStatement = {
  name: 'gate',
  text: `select event_id, null as key from bench_floor.events where event_id = any($1)
    union all select null, key from bench_floor.keys where key = any($2)`,
};

function insert(table: string, columns: readonly Filled[], first: number): string {
  const names = columnList(columns.map(({ name }) => name));
  // A list of ids goes as text: `unnest` would lay an array of arrays flat.
  const types = columns.map(({ type }) => (type === 'uuid[]' ? 'text' : type));
  const arrays = types.map((type, index) => `$${String(first + index)}::${type}[]`).join();
  const values = names.replace(/"(skipped|disabled)"/g, '$1::uuid[]');
  return `insert into bench_floor.${table} (${names}) select ${values} from unnest(${arrays}) as row (${names})`;
}

const insertAttempts = insert('attempts', filledOfAttempts, 1 + filledOfEvents.length);
const journalStatement = {
  name: 'journal',
  text: `with written as (${insertAttempts}) ${insert('events', filledOfEvents, 1)}`,
};
const journalColumns = [...filledOfEvents, ...filledOfAttempts];

let database: pg.Pool;
let channel: Channel;
let pool: Pool;
let acknowledged = 0;
let onAcknowledged: (() => void) | undefined;

async function declare({ amqpUrl, databaseUrl, queue }: Extract<FloorTask, { do: 'declare' }>): Promise<void> {
  // A new table has no statistics, and the planner would read all of it for each question of the gate.
  const options = '-c enable_seqscan=off';
  database = new pg.Pool({ connectionString: databaseUrl, max: databaseConnections, options });
  await database.query(tables);
  channel = await (await connect(amqpUrl)).createChannel();
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await channel.purgeQueue(queue);
  await channel.prefetch(prefetch);
}

/** Events that wait for the one of their key that is on its way. */
const behind = new Map<string, Event[]>();

const accept = grouped<Event>(async (events) => {
  const values = [events.map(({ id }) => id), events.map(({ key }) => key)];
  const { rows } = await database.query({ ...gateStatement, values });
  if (rows.length > 0) throw new MeasurementError('the floor has seen an event before');
  for (const event of events) {
    const waiting = behind.get(event.key);
    if (waiting) waiting.push(event);
    else {
      behind.set(event.key, []);
      call(event);
    }
  }
});

const record = grouped<Event>(async (events) => {
  const values = journalColumns.map(({ of }) => events.map(of));
  await database.query({ ...journalStatement, values });
  acknowledge(events);
});

/**
 * Hands over everything that arrived while the previous work was running. A failure ends the process, and with it the
 * run.
 */
function grouped<Item>(work: (items: Item[]) => Promise<void>): (item: Item) => void {
  let gathered: Item[] = [];
  let working = false;
  const run = async (): Promise<void> => {
    working = true;
    // What else the same read of a socket brings comes along.
    await Promise.resolve();
    while (gathered.length > 0) {
      const items = gathered;
      gathered = [];
      await work(items);
    }
    working = false;
  };
  return (item) => {
    gathered.push(item);
    if (!working) void run();
  };
}

function read(message: ConsumeMessage): Event {
  const body = message.content.toString();
  const { event } = JSON.parse(body) as {
    event: { id: string; dt: string; events_id: string; object_id: number };
  };
  const at = new Date();
  return {
    message,
    id: event.id,
    type: event.events_id,
    objectId: String(event.object_id),
    key: String(message.properties.headers?.['partition-key']),
    occurredAt: event.dt,
    executionId: uuid(),
    body,
    startedAt: at,
    endedAt: at,
    durationMs: 0,
    response: '',
  };
}

function call(event: Event): void {
  event.startedAt = new Date();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'floor',
    'webhook-id': event.executionId,
    'webhook-timestamp': String(Math.floor(event.startedAt.getTime() / 1_000)),
    'provisor-event-id': event.id,
    'provisor-event-type': event.type,
    'provisor-handler-id': handlerId,
    'provisor-attempt': '1',
  };
  pool.dispatch({ path: '/0', method: 'POST', headers, body: event.message.content }, new Answer(event));
}

/** An answer by the client's own events: no promise, stream or signal for a call. */
class Answer implements Dispatcher.DispatchHandler {
  readonly #event: Event;
  readonly #startedAt = performance.now();
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: unknown;

  constructor(event: Event) {
    this.#event = event;
  }

  onRequestStart(): void {
    // The client asks for it; there is nothing to do.
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: unknown): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const event = this.#event;
    event.endedAt = new Date();
    event.durationMs = performance.now() - this.#startedAt;
    const body = this.#chunks.join('');
    event.response = JSON.stringify({
      http: { status: this.#status, headers: this.#headers, body, truncated: false },
    });
    record(event);
    const next = behind.get(event.key)!.shift();
    if (next) call(next);
    else behind.delete(event.key);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    process.nextTick(() => {
      throw error;
    });
  }
}

const committed = new Set<number>();
let lowestOpen = 1;

/** One acknowledgement for all up to the first event that is still on its way. */
function acknowledge(events: readonly Event[]): void {
  for (const { message } of events) committed.add(message.fields.deliveryTag);
  const before = lowestOpen;
  while (committed.delete(lowestOpen)) lowestOpen += 1;
  if (lowestOpen === before) return;
  channel.ack({ fields: { deliveryTag: lowestOpen - 1 } } as ConsumeMessage, true);
  acknowledged += lowestOpen - before;
  onAcknowledged?.();
}

async function settle(events: number): Promise<void> {
  await new Promise<void>((resolve) => {
    onAcknowledged = () => {
      if (acknowledged >= events) resolve();
    };
    onAcknowledged();
  });
  const { rows } = await database.query<{ events: string; attempts: string }>(
    'select (select count(*) from bench_floor.events) as events, (select count(*) from bench_floor.attempts) as attempts',
  );
  const { events: written, attempts } = rows[0]!;
  if (Number(written) !== events || Number(attempts) !== events) {
    throw new MeasurementError(`the floor wrote ${written} events and ${attempts} attempts of ${String(events)}`);
  }
  await database.query('drop schema bench_floor cascade');
}

serve(async (task: FloorTask) => {
  if (task.do === 'declare') return declare(task);
  if (task.do === 'settle') return settle(task.events);
  pool = new Pool(task.origin, { connections });
  await channel.consume(task.queue, (message) => {
    if (!message) throw new Error('the queue has gone');
    accept(read(message));
  });
});
