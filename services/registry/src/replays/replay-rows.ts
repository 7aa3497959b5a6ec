import type { ReplayFilter } from '#contracts';
import { finishedAtOf, type OperationRow } from '../operations/operation-rows.ts';
import type { ReplayStatus, ReplayView } from './dto/replay.dto.ts';
import { givenFilter } from './replay-filter.ts';

/** An operation of the kind `replay`, as a replay. */
export function replayView(row: OperationRow): ReplayView {
  return {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    eventId: row.event_id,
    filter: givenFilter(row.filter as ReplayFilter) as ReplayView['filter'],
    handlerIds: row.handler_ids,
    editedEventId: row.edited_event_id,
    status: row.status as ReplayStatus,
    total: row.total,
    published: row.released ?? 0,
    succeeded: row.succeeded,
    failed: row.failed,
    waiting: row.waiting,
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: finishedAtOf(row)?.toISOString() ?? null,
  };
}
