import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { executionId } from '#contracts';

const minuteMs = 60_000;

export interface PlantedFailure {
  eventId: string;
  type: string;
  objectId: string | number;
  key: string;
  handlerId: string;
  reason: string;
  message: string;
  reached: 'no' | 'maybe' | 'yes';
  /** Default: 5. */
  minutesAgo?: number;
  /** Ids of handlers that were skipped after it. */
  skipped?: string[];
  attempts?: number;
}

export interface PlantedKey {
  key: string;
  handlerId: string;
  reason: string;
  minutesAgo: number;
}

export interface PlantedOperation {
  kind: 'replay' | 'resume' | 'retry' | 'skip';
  filter?: object;
  canary?: number;
  perSecond?: number;
  note?: string;
  /** Without it no executor has started. */
  run?: {
    total: number;
    released: number;
    succeeded: number;
    failed: number;
    canaryOutcome?: 'succeeded' | 'failed';
    isFinished?: boolean;
  };
}

/** Writes rows as executors and the registry would, for pages that need no executor. */
export class PlantedRows implements AsyncDisposable {
  readonly #client: pg.Client;

  static async open(databaseUrl: string): Promise<PlantedRows> {
    const client = new pg.Client(databaseUrl);
    await client.connect();
    return new PlantedRows(client);
  }

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** An event whose handler failed, with its attempt and failure. Returns the execution's id. */
  async failure(planted: PlantedFailure): Promise<string> {
    const { eventId, type, key, handlerId, reason, message, reached, skipped = [], attempts = 1 } = planted;
    const at = new Date(Date.now() - (planted.minutesAgo ?? 5) * minuteMs);
    const objectId = JSON.stringify(planted.objectId);
    const journalId = await this.event({ ...planted, at, status: 'failed', skipped });
    const execution = executionId(eventId, at.getTime(), handlerId);
    const attemptId = uuidv7({ msecs: at.getTime() + 1 });
    const response = JSON.stringify(reached === 'yes' ? answer : {});
    await this.#client.query(
      `insert into attempts (id, execution_id, event_id, event_type, object_id, handler_id, task_type, position, number,
         outcome, reason, message, reached, status, response, started_at, duration_ms, revision, executor_id)
       values ($1, $2, $3, $4, $5, $6, 'http', 1, $7, 'permanent', $8, $9, $10, 'failed', $11, $12, 12, 1, $1)`,
      [attemptId, execution, eventId, type, objectId, handlerId, attempts, reason, message, reached, response, at],
    );
    await this.#client.query(
      `insert into failures (execution_id, id, journal_id, event_id, event_type, object_id, partition_key, handler_id,
         task_type, origin_id, reason, message, reached, attempts, failed_at, skipped)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'http', $1, $9, $10, $11, $12, $13, $14)`,
      [
        ...[execution, attemptId, journalId, eventId, type, objectId, key, handlerId],
        ...[reason, message, reached, attempts, at, skipped],
      ],
    );
    return execution;
  }

  /** An event without attempts. Returns the journal's id. */
  async event({
    eventId,
    type,
    objectId,
    key,
    at = new Date(),
    status = 'succeeded',
    skipped = [],
  }: Pick<PlantedFailure, 'eventId' | 'type' | 'objectId' | 'key' | 'skipped'> & {
    at?: Date;
    status?: string;
  }): Promise<string> {
    const id = uuidv7({ msecs: at.getTime() });
    const head = { id: eventId, dt: at.toISOString(), events_id: type, object_id: objectId };
    await this.#client.query(
      `insert into events (id, event_id, type, object_id, partition_key, status, failed, occurred_at, received_at,
         finished_at, revision, skipped, body)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, 1, $9, $10)`,
      [
        ...[id, eventId, type, JSON.stringify(objectId), key, status, status === 'failed', at, skipped],
        JSON.stringify({ event: head, data: { id: objectId, name: 'My name' } }),
      ],
    );
    return id;
  }

  /** A key that waits for a handler, with one event; its next attempt is due in an hour. */
  async waitingKey({ key, handlerId, reason, minutesAgo }: PlantedKey): Promise<void> {
    const since = new Date(Date.now() - minutesAgo * minuteMs);
    await this.#client.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached, waiting_since)
       values ($1, now() + interval '1 hour', $2, $3, false, $4)`,
      [key, handlerId, reason, since],
    );
    const event = { eventId: `waits-${key}`, type: 'clients.update', objectId: key, key, at: since, status: 'waiting' };
    const journalId = await this.event(event);
    await this.#client.query(
      `insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body)
       select partition_key, id, event_id, type, object_id, partition_key, received_at, body from events where id = $1`,
      [journalId],
    );
  }

  /** An operation; returns its id. */
  async operation({ kind, filter = {}, canary, perSecond, note, run }: PlantedOperation): Promise<string> {
    const id = uuidv7();
    await this.#client.query(
      `insert into operations (id, kind, created_at, created_by, filter, canary, per_second, note)
       values ($1, $2, now(), 'Ada operator', $3, $4, $5, $6)`,
      [id, kind, filter, canary ?? null, perSecond ?? null, note ?? null],
    );
    if (run) await this.run(id, run);
    return id;
  }

  /** Progress of an operation, as its executor writes it. */
  async run(id: string, run: NonNullable<PlantedOperation['run']>): Promise<void> {
    const { total, released, succeeded, failed, canaryOutcome = null, isFinished = false } = run;
    await this.#client.query(
      `insert into operation_runs (operation_id, total, released, succeeded, failed, canary_outcome, finished_at)
       values ($1, $2, $3, $4, $5, $6, case when $7 then now() end)
       on conflict (operation_id) do update set released = excluded.released, succeeded = excluded.succeeded,
         failed = excluded.failed, canary_outcome = excluded.canary_outcome, finished_at = excluded.finished_at`,
      [id, total, released, succeeded, failed, canaryOutcome, isFinished],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end();
  }
}

const answer = { http: { status: 422, headers: {}, body: '{"error":"unknown plan"}', truncated: false } };
