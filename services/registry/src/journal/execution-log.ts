import { report } from '#database';
import { columnList, ofAttempts, type AttemptRecord } from '#journal';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AttemptResponse, ExecutionStatus, TaskType } from '#contracts';
import { Redaction } from '#redaction';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from './conditions.ts';
import type { ExecutionView } from './dto/execution.dto.ts';
import { objectIdSpellings, readObjectId } from './object-id.ts';
import { responseSummary } from './response-summary.ts';
import { addStatusCondition } from './status-condition.ts';
import { addTimeBounds } from './time-bounds.ts';

/** What to look for; what is not given does not matter. */
export interface ExecutionCriteria {
  /** Id of the event type. */
  readonly event?: string | undefined;
  readonly handlerId?: string | undefined;
  readonly type?: TaskType | undefined;
  readonly status?: readonly ExecutionStatus[] | undefined;
  readonly objectId?: string | undefined;
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
  'status',
  'response',
  'started_at',
  'duration_ms',
  'next_attempt_at',
  'replay_id',
  'test',
);

type ExecutionRow = Pick<AttemptRecord, (typeof shown)[number]> & { readonly handler_name: string | null };

/** The execution log: one line for each execution, as its latest attempt left it, the newest first. */
@Injectable()
export class ExecutionLog {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;

  constructor(dataSource: DataSource, redaction: Redaction) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
  }

  async find({
    limit,
    cursor,
    from,
    to,
    objectId,
    ...criteria
  }: ExecutionCriteria): Promise<CursorPage<ExecutionView>> {
    const conditions = new Conditions()
      .add(criteria.event, (event) => `attempt.event_type = ${event}`)
      .add(criteria.handlerId, (handler) => `attempt.handler_id = ${handler}`)
      .add(criteria.type, (type) => `attempt.task_type = ${type}`)
      .add(objectId && objectIdSpellings(objectId), (spellings) => `attempt.object_id = any(${spellings})`)
      .add(cursor && decodeCursor(cursor), (last) => `attempt.id < ${last}`);
    addStatusCondition(conditions, 'attempt.status', criteria.status);
    addTimeBounds(conditions, 'attempt.started_at', from, to);
    const rows = await report<ExecutionRow[]>(
      this.#dataSource,
      `select ${columnList(shown, 'page')}, handlers.name as handler_name
       from (${latestOf(conditions.where)} limit ${conditions.parameter(limit + 1)}) as page
         left join handlers on handlers.id = handler_id
       order by page.id desc`,
      conditions.values,
    );
    return cursorPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => executionView(row, this.#redaction),
    );
  }
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
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    replayId: row.replay_id,
    test: row.test,
  };
}
