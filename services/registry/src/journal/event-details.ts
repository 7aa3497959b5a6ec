import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { memberTexts, type JsonObject } from '#contracts';
import { columnList, type EventRecord } from '#journal';
import { Redaction } from '#redaction';
import { jsonText } from '../http/json-text.ts';
import type { EventDetailsView, EventRunView } from './dto/event.dto.ts';
import {
  attemptColumns,
  executionsOf,
  newestOfEachRun,
  type AttemptRow,
  type EventRun,
  type HandlerRow,
} from './event-executions.ts';
import { eventColumns, eventView, type EventRow } from './event-rows.ts';
import { standingOf } from './event-standing.ts';
import { waitingOf } from './event-waiting.ts';
import { EventNotFound } from './journal-errors.ts';

type EventDetailsRow = EventRow & Pick<EventRecord, 'body'> & { duplicates: number };

type RunRow = EventRow & Pick<EventRecord, 'skipped' | 'disabled'>;

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
      ...runs.flatMap(({ skipped, disabled }) => [...skipped, ...disabled]),
    ]);
    const executions = executionsOf(id, runs, attempts, handlers, {
      redaction: this.#redaction,
      hidden: this.#redaction.hiddenTexts(row.body),
    });
    const shown = newestOfEachRun(runs);
    const waits = shown.find((run) => run.row.status === 'waiting');
    const body = this.#redaction.json(row.body);
    const members = memberTexts(body);
    return {
      ...eventView(row),
      ...(shown.some((run) => !run.test) && standingOf(shown, executions)),
      data: jsonText(members.get('data') ?? 'null'),
      previous: jsonText(members.get('previous') ?? 'null'),
      body: jsonText(body) as JsonObject,
      duplicates: row.duplicates,
      editedCopies: await this.#editedCopies(id),
      waiting: waits ? await waitingOf(this.#dataSource, waits.row.id) : null,
      runs: shown.map(({ row: run }) => runView(run)),
      executions,
    };
  }

  /** The event as it was received last. Replays, duplicates and tests are shown only for want of it. */
  async #row(id: string): Promise<EventDetailsRow | undefined> {
    const [row] = await this.#dataSource.query<EventDetailsRow[]>(
      `select ${eventColumns}, body,
         (select count(*)::integer from events where event_id = $1 and status = 'duplicate') as duplicates
       from events where event_id = $1 order by (status = 'duplicate' or test), replay_id is not null, id desc limit 1`,
      [id],
    );
    return row;
  }

  async #runs(id: string): Promise<EventRun[]> {
    const rows = await this.#dataSource.query<RunRow[]>(
      `select ${eventColumns}, skipped, disabled from events
       where event_id = $1 and status <> 'duplicate' order by id desc`,
      [id],
    );
    return rows.map((row) => {
      const { replay_id: replayId, occurred_at: occurredAt, test, skipped, disabled } = row;
      return { row, replayId, occurredAt, test, skipped, disabled };
    });
  }

  async #editedCopies(id: string): Promise<string[]> {
    const copies = await this.#dataSource.query<{ id: string }[]>(
      // The journal has no index of what is a copy of what; requests for copies are few.
      `select edited_event_id as id from operations
       where operations.event_id = $1 and edited_event_id is not null
         and exists (select from events where events.event_id = edited_event_id and events.replay_of = $1)
       order by operations.id desc limit 100`,
      [id],
    );
    return copies.map((copy) => copy.id);
  }

  async #attempts(eventId: string): Promise<AttemptRow[]> {
    return this.#dataSource.query<AttemptRow[]>(
      `select ${columnList(attemptColumns)}
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

function runView(row: EventRow): EventRunView {
  const { journalId, replayId, test, status, hasFailures, receivedAt, finishedAt, revision } = eventView(row);
  return { journalId, replayId, test, status, hasFailures, receivedAt, finishedAt, revision };
}
