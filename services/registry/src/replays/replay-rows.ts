import type { ReplayFilter } from '#contracts';
import type { ReplayView } from './dto/replay.dto.ts';
import { givenFilter } from './replay-filter.ts';
import { replayStatus } from './replay-status.ts';

/** A replay, with how far it is. */
export interface ReplayRow {
  id: string;
  created_at: Date;
  event_id: string | null;
  filter: ReplayFilter;
  handler_ids: string[] | null;
  cancelled_at: Date | null;
  /** Null, like the four that follow, before an executor has begun. */
  started_at: Date | null;
  total: number | null;
  published: number | null;
  /** When the last event was sent. */
  published_at: Date | null;
  succeeded: number;
  failed: number;
  waiting: number;
  /** When the last event ended. */
  ended_at: Date | null;
}

/**
 * Selects {@link ReplayRow}s.
 *
 * @param narrowing What follows `from replays`: `where …`.
 */
export function selectReplays(narrowing: string): string {
  return `select replay.id, created_at, event_id, filter, handler_ids, cancelled_at,
      started_at, total, published, run.finished_at as published_at, succeeded, failed, waiting, ended_at
    from (select * from replays ${narrowing}) as replay
    left join replay_runs as run on run.replay_id = replay.id
    cross join lateral (
      select count(*) filter (where status = 'succeeded')::integer as succeeded,
        count(*) filter (where status = 'failed')::integer as failed,
        count(*) filter (where status = 'waiting')::integer as waiting,
        max(events.finished_at) as ended_at
      from events where events.replay_id = replay.id
    ) as counted
    order by replay.id desc`;
}

export function replayView(row: ReplayRow): ReplayView {
  const { succeeded, failed, waiting } = row;
  const published = row.published ?? 0;
  const status = replayStatus({
    cancelled: row.cancelled_at !== null,
    begun: row.started_at !== null,
    allPublished: row.published_at !== null,
    published,
    succeeded,
    failed,
    waiting,
  });
  return {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    eventId: row.event_id,
    filter: givenFilter(row.filter) as ReplayView['filter'],
    handlerIds: row.handler_ids,
    status,
    total: row.total,
    published,
    succeeded,
    failed,
    waiting,
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    startedAt: row.started_at?.toISOString() ?? null,
    // Without a single event there is nothing that could end.
    finishedAt: status === 'finished' ? (row.ended_at ?? row.published_at)!.toISOString() : null,
  };
}
