import type { Reached, TaskType } from '#contracts';
import type { Redaction } from '#redaction';
import { readObjectId } from '../journal/object-id.ts';
import type { Decision, FailureView, SkippedHandlerView } from './dto/failure.dto.ts';

/** A failure, with what others know of it. */
export interface FailureRow {
  execution_id: string;
  /** Of the attempt that failed last. */
  id: string;
  event_id: string;
  event_type: string;
  object_id: string;
  partition_key: string;
  handler_id: string;
  handler_name: string | null;
  task_type: TaskType;
  reason: string;
  message: string;
  reached: Reached;
  attempts: number;
  failed_at: Date;
  recovered_at: Date | null;
  assignee: string | null;
  note: string | null;
  settled_as: Decision | null;
  settled_at: Date | null;
  settled_by: string | null;
  open: boolean;
  skipped_handlers: SkippedHandlerView[];
  later_events: number;
}

const mostLaterEvents = 1_000;

/**
 * Selects {@link FailureRow}s, the newest first.
 *
 * @param page Selects the rows of `failures`.
 */
export function selectFailures(page: string): string {
  return `select page.execution_id, page.id, page.event_id, page.event_type, page.object_id, page.partition_key,
      page.handler_id, handlers.name as handler_name, page.task_type, page.reason, page.message, page.reached,
      page.attempts, page.failed_at, page.recovered_at, page.assignee, page.note, page.settled_as, page.settled_at,
      page.settled_by, page.open, named.skipped_handlers, later.events as later_events
    from (${page}) as page
    left join handlers on handlers.id = page.handler_id
    cross join lateral (
      select coalesce(json_agg(json_build_object('handlerId', each.id, 'handlerName', skipped.name) order by place), '[]')
        as skipped_handlers
      from unnest(page.skipped) with ordinality as each (id, place) left join handlers as skipped on skipped.id = each.id
    ) as named
    cross join lateral (
      -- Days of the journal before the failed event have no part in it.
      select count(*)::integer as events from (
        select from events
        where events.partition_key = page.partition_key and events.id > page.journal_id
          and events.event_id <> page.event_id and not events.test
          and (events.status in ('succeeded', 'failed') or events.status = 'waiting' and exists (
            select from deferrals where deferrals.journal_id = events.id and deferrals.progress is not null))
        limit ${mostLaterEvents}
      ) as found
    ) as later
    order by page.id desc`;
}

export function failureView(row: FailureRow, redaction: Redaction): FailureView {
  return {
    executionId: row.execution_id,
    eventId: row.event_id,
    event: row.event_type,
    objectId: readObjectId(row.object_id),
    partitionKey: row.partition_key,
    handlerId: row.handler_id,
    handlerName: row.handler_name,
    taskType: row.task_type,
    reason: row.reason,
    message: redaction.text(row.message),
    reached: row.reached,
    attempts: row.attempts,
    failedAt: row.failed_at.toISOString(),
    skipped: row.skipped_handlers,
    laterEvents: row.later_events,
    ...settlementOf(row),
    note: row.note,
    assignee: row.assignee,
  };
}

/** A success counts for more than what a person has decided before. */
function settlementOf(row: FailureRow): Pick<FailureView, 'state' | 'settledAs' | 'settledAt' | 'settledBy'> {
  if (row.recovered_at !== null) {
    return { state: 'settled', settledAs: 'succeeded', settledAt: row.recovered_at.toISOString(), settledBy: null };
  }
  return {
    state: row.open ? 'open' : 'settled',
    settledAs: row.settled_as,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledBy: row.settled_by,
  };
}
