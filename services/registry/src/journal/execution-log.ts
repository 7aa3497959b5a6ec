import { report } from '#orm';
import { columnList, ofAttempts, slackMs, type AttemptRecord } from '#journal';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  isUuid,
  lowestIdAt,
  timeOfId,
  type AttemptResponse,
  type ExecutionStatus,
  type Reached,
  type TaskType,
} from '#contracts';
import { Redaction } from '#redaction';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from './conditions.ts';
import type { ExecutionView } from './dto/execution.dto.ts';
import { objectIdSpellings, readObjectId } from './object-id.ts';
import { responseSummary } from './response-summary.ts';
import { AttemptSearch, executionWith, type FoundAttempt } from './search/attempt-search.ts';
import { newestOf } from './search/newest.ts';
import { SearchSession } from './search/search-session.ts';
import { ValueLookup, type FoundEvent } from './search/value-lookup.ts';
import { addStatusCondition } from './status-condition.ts';
import { addTimeBounds } from './time-bounds.ts';

/** What to look for; what is not given does not matter. */
export interface ExecutionCriteria {
  /** Id of the event type. */
  readonly event?: string | undefined;
  readonly handlerId?: string | undefined;
  readonly type?: TaskType | undefined;
  readonly status?: readonly ExecutionStatus[] | undefined;
  readonly reached?: Reached | undefined;
  readonly objectId?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const shown = ofAttempts(
  'id',
  'execution_id',
  'event_id',
  'event_type',
  'object_id',
  'handler_id',
  'task_type',
  'number',
  'reason',
  'message',
  'reached',
  'status',
  'response',
  'started_at',
  'duration_ms',
  'next_attempt_at',
  'replay_id',
  'test',
);

type ExecutionRow = Pick<AttemptRecord, (typeof shown)[number]> & { readonly handler_name: string | null };

type Criteria = Omit<ExecutionCriteria, 'q'>;

/** One of several ways in which the text of a search may be found. */
type Way = (conditions: Conditions) => void;

/** Of a key whose text is searched: more than a page has executions. */
const eventsOfKey = 500;

/** The execution log: one line for each execution, as its latest attempt left it, the newest first. */
@Injectable()
export class ExecutionLog {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;
  readonly #attempts: AttemptSearch;
  readonly #lookup: ValueLookup;

  constructor(dataSource: DataSource, redaction: Redaction, attempts: AttemptSearch, lookup: ValueLookup) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
    this.#attempts = attempts;
    this.#lookup = lookup;
  }

  /** @throws {SearchTooLong} */
  async find({ q, ...criteria }: ExecutionCriteria): Promise<CursorPage<ExecutionView>> {
    const rows =
      q === undefined
        ? await report<ExecutionRow[]>(this.#dataSource, ...listStatement(criteria))
        : await SearchSession.during(this.#dataSource, (session) => this.#search(q, criteria, session));
    return cursorPage(
      rows,
      criteria.limit,
      ({ id }) => id,
      (row) => executionView(row, this.#redaction),
    );
  }

  /** Each way in which the text may be found has an index of its own, and a statement of its own. */
  async #search(text: string, criteria: Criteria, session: SearchSession): Promise<ExecutionRow[]> {
    const before = criteria.cursor && decodeCursor(criteria.cursor);
    const period = this.#attempts.period(criteria.from, criteria.to);
    const ofKey = await session.ask<FoundEvent>(...ofKeyStatement(text, before));
    const found = {
      events: [...ofKey, ...(await this.#lookup.eventsWith(text, before, session))],
      attempts: await this.#attempts.find(text, period, session, before),
      execution: isUuid(text) ? await executionWith(text, session) : undefined,
    };
    const pages: ExecutionRow[][] = [];
    for (const way of waysTo(text, found)) pages.push(await session.ask(...listStatement(criteria, way)));
    return newestOf(pages, criteria.limit + 1);
  }
}

/** Events of a key, which attempts do not have: as many as a page has executions, and more. */
function ofKeyStatement(key: string, before: string | undefined): [text: string, values: unknown[]] {
  const conditions = new Conditions()
    .add(key, (given) => `partition_key = ${given}`)
    .add(before, (last) => `id < ${last}`);
  return [
    `select id, event_id from events ${conditions.where} order by id desc limit ${eventsOfKey}`,
    conditions.values,
  ];
}

interface Found {
  readonly attempts: readonly FoundAttempt[];
  readonly events: readonly FoundEvent[];
  readonly execution: FoundAttempt | undefined;
}

function waysTo(text: string, { attempts, events, execution }: Found): Way[] {
  const ways: Way[] = [
    (conditions) => conditions.add(text, (id) => `attempt.event_id = ${id}`),
    ...objectIdSpellings(text).map(
      (spelling): Way =>
        (conditions) =>
          conditions.add(spelling, (id) => `attempt.object_id = ${id}`),
    ),
  ];
  if (events.length > 0) ways.push((conditions) => ofEvents(conditions, events));
  if (execution) ways.push((conditions) => ofExecutions(conditions, [execution]));
  if (attempts.length > 0) ways.push((conditions) => ofExecutions(conditions, attempts));
  return ways;
}

/** By the ids too: attempts begin after their event was received, which leaves out most days. */
function ofEvents(conditions: Conditions, events: readonly FoundEvent[]): void {
  const oldest = events.map(({ id }) => id).reduce((one, other) => (one < other ? one : other));
  conditions
    .add(distinct(events, 'event_id'), (ids) => `attempt.event_id = any(${ids})`)
    .add(lowestIdAt(timeOfId(oldest) - slackMs), (id) => `attempt.id >= ${id}`);
}

function ofExecutions(conditions: Conditions, attempts: readonly FoundAttempt[]): void {
  // The latest attempt is one of these, or later.
  ofEvents(conditions, attempts);
  conditions.add(distinct(attempts, 'execution_id'), (ids) => `attempt.execution_id = any(${ids})`);
}

function distinct<Name extends string>(rows: readonly Readonly<Record<Name, string>>[], name: Name): string[] {
  return [...new Set(rows.map((row) => row[name]))];
}

function listStatement(
  { limit, cursor, from, to, objectId, ...criteria }: Criteria,
  way?: Way,
): [text: string, values: unknown[]] {
  const conditions = new Conditions()
    .add(criteria.event, (event) => `attempt.event_type = ${event}`)
    .add(criteria.handlerId, (handler) => `attempt.handler_id = ${handler}`)
    .add(criteria.type, (type) => `attempt.task_type = ${type}`)
    .add(criteria.reached, (reached) => `attempt.reached = ${reached}`)
    .add(objectId && objectIdSpellings(objectId), (spellings) => `attempt.object_id = any(${spellings})`)
    .add(cursor && decodeCursor(cursor), (last) => `attempt.id < ${last}`);
  // In the words of the index: nearly all calls have reached their target.
  if (criteria.reached !== undefined && criteria.reached !== 'yes') conditions.require(`attempt.reached <> 'yes'`);
  addStatusCondition(conditions, 'attempt.status', criteria.status);
  addTimeBounds(conditions, 'attempt.started_at', from, to);
  way?.(conditions);
  return [
    `select ${columnList(shown, 'page')}, handlers.name as handler_name
     from (${latestOf(conditions.where)} limit ${conditions.parameter(limit + 1)}) as page
       left join handlers on handlers.id = handler_id
     order by page.id desc`,
    conditions.values,
  ];
}

/**
 * Attempts that are the latest of their execution, the newest first. By the event too, which has an index; the
 * execution has none.
 *
 * `offset 0` keeps the planner from moving the question for a later one down to all attempts: it is asked of those in
 * their order, and no longer than a page takes. What the planner knows of a day on which many fail is older than the
 * failures.
 */
function latestOf(where: string): string {
  return `select * from (select * from attempts as attempt ${where} order by id desc offset 0) as attempt
    where (select true from attempts as later
      where later.event_id = attempt.event_id and later.execution_id = attempt.execution_id and later.id > attempt.id limit 1) is null`;
}

function executionView(row: ExecutionRow, redaction: Redaction): ExecutionView {
  return {
    id: row.execution_id,
    status: row.status,
    date: row.started_at.toISOString(),
    event: row.event_type,
    eventId: row.event_id,
    handlerId: row.handler_id,
    handlerName: row.handler_name,
    type: row.task_type,
    objectId: readObjectId(row.object_id),
    response: responseSummary(JSON.parse(row.response) as AttemptResponse, row.message, redaction),
    durationMs: row.duration_ms,
    attempts: row.number,
    reason: row.reason,
    reached: row.reached,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    replayId: row.replay_id,
    test: row.test,
  };
}
