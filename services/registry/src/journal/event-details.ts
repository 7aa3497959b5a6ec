import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JsonObject } from '#contracts';
import type { EventDetailsView } from './dto/event.dto.ts';
import { executionsOf, type AttemptRow, type HandlerRow } from './event-executions.ts';
import { eventColumns, eventView, type EventRow } from './event-rows.ts';
import { EventNotFound } from './journal-errors.ts';

interface EventDetailsRow extends EventRow {
  skipped: string[];
  body: string;
  duplicates: number;
}

/** Everything that the journal knows of one event. */
@Injectable()
export class EventDetails {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /**
   * @param id The event's own, as billing gave it.
   * @throws {EventNotFound}
   */
  async get(id: string): Promise<EventDetailsView> {
    const row = await this.#row(id);
    if (!row) throw new EventNotFound(id);
    const attempts = await this.#attempts(id);
    const handlers = await this.#handlers([...attempts.map(({ handler_id }) => handler_id), ...row.skipped]);
    const body = JSON.parse(row.body) as JsonObject;
    const event = { eventId: row.event_id, occurredAt: row.occurred_at, skipped: row.skipped };
    return {
      ...eventView(row),
      data: body['data'] ?? null,
      previous: body['previous'] ?? null,
      body,
      duplicates: row.duplicates,
      executions: executionsOf(event, attempts, handlers),
    };
  }

  /** The newest row that ran; a duplicate did not, and is shown only where there is nothing else. */
  async #row(id: string): Promise<EventDetailsRow | undefined> {
    const [row] = await this.#dataSource.query<EventDetailsRow[]>(
      `select ${eventColumns}, skipped, body,
         (select count(*)::integer from events where event_id = $1 and status = 'duplicate') as duplicates
       from events where event_id = $1 order by status = 'duplicate', id desc limit 1`,
      [id],
    );
    return row;
  }

  async #attempts(eventId: string): Promise<AttemptRow[]> {
    return this.#dataSource.query<AttemptRow[]>(
      `select id, execution_id, handler_id, task_type, position, number, outcome, reason, message, status, response,
         started_at, duration_ms, revision, executor_id
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
