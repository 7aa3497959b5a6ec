import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { memberTexts, type JsonObject } from '#contracts';
import { Redaction } from '#redaction';
import { jsonText } from '../http/json-text.ts';
import type { EventDetailsView } from './dto/event.dto.ts';
import { executionsOf, type AttemptRow, type EventRun, type HandlerRow } from './event-executions.ts';
import { eventColumns, eventView, type EventRow } from './event-rows.ts';
import { waitingOf } from './event-waiting.ts';
import { EventNotFound } from './journal-errors.ts';

interface EventDetailsRow extends EventRow {
  body: string;
  duplicates: number;
}

interface RunRow {
  replay_id: string | null;
  test: boolean;
  occurred_at: Date;
  skipped: string[];
}

/** Everything that the journal knows of one event, but for the values of redacted fields. */
@Injectable()
export class EventDetails {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;

  constructor(dataSource: DataSource, redaction: Redaction) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
  }

  /**
   * @param id The event's own, as billing gave it.
   * @throws {EventNotFound}
   */
  async get(id: string): Promise<EventDetailsView> {
    const row = await this.#row(id);
    if (!row) throw new EventNotFound(id);
    const runs = await this.#runs(id);
    const attempts = await this.#attempts(id);
    const handlers = await this.#handlers([
      ...attempts.map(({ handler_id }) => handler_id),
      ...runs.flatMap(({ skipped }) => skipped),
    ]);
    const body = this.#redaction.json(row.body);
    const members = memberTexts(body);
    return {
      ...eventView(row),
      data: jsonText(members.get('data') ?? 'null'),
      previous: jsonText(members.get('previous') ?? 'null'),
      body: jsonText(body) as JsonObject,
      duplicates: row.duplicates,
      waiting: row.status === 'waiting' ? await waitingOf(this.#dataSource, row.id) : null,
      executions: executionsOf(id, runs, attempts, handlers, this.#redaction),
    };
  }

  /** The newest row that ran; a duplicate did not, a test is none of billing's, and both are shown only for want of others. */
  async #row(id: string): Promise<EventDetailsRow | undefined> {
    const [row] = await this.#dataSource.query<EventDetailsRow[]>(
      `select ${eventColumns}, body,
         (select count(*)::integer from events where event_id = $1 and status = 'duplicate') as duplicates
       from events where event_id = $1 order by (status = 'duplicate' or test), id desc limit 1`,
      [id],
    );
    return row;
  }

  async #runs(id: string): Promise<EventRun[]> {
    const rows = await this.#dataSource.query<RunRow[]>(
      `select replay_id, test, occurred_at, skipped from events
       where event_id = $1 and status <> 'duplicate' order by id desc`,
      [id],
    );
    return rows.map(({ replay_id, occurred_at, ...row }) => ({ ...row, replayId: replay_id, occurredAt: occurred_at }));
  }

  async #attempts(eventId: string): Promise<AttemptRow[]> {
    return this.#dataSource.query<AttemptRow[]>(
      `select id, execution_id, handler_id, task_type, position, number, outcome, reason, message, status, next_attempt_at,
         response, started_at, duration_ms, revision, executor_id, replay_id, test
       from attempts where event_id = $1 order by position, execution_id, number, id`,
      [eventId],
    );
  }

  async #handlers(ids: readonly string[]): Promise<HandlerRow[]> {
    return this.#dataSource.query<HandlerRow[]>(
      `select id, name, priority, task ->> 'type' as task_type from handlers where id = any($1)`,
      [ids],
    );
  }
}
