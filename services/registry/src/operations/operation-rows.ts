import type { DeferralFilter, FailureFilter, OperationKind, OperationStatus, ReplayFilter } from '#contracts';
import type { CanaryOutcome, OperationView } from './dto/operation.dto.ts';
import { shownFilter } from './shown-filter.ts';

/** An operation, with how far it is. */
export interface OperationRow {
  id: string;
  kind: OperationKind;
  status: OperationStatus;
  created_at: Date;
  created_by: string;
  event_id: string | null;
  /** How many failures were listed. */
  listed: number | null;
  filter: ReplayFilter | FailureFilter | DeferralFilter;
  handler_ids: string[] | null;
  edited_event_id: string | null;
  canary: number | null;
  per_second: number | null;
  note: string | null;
  cancelled_at: Date | null;
  /** Null, like the four that follow, before an executor has begun. */
  started_at: Date | null;
  total: number | null;
  released: number | null;
  unneeded: number | null;
  canary_outcome: CanaryOutcome | null;
  /** When the executor was done: with a replay, when the last event was sent. */
  run_finished_at: Date | null;
  succeeded: number;
  failed: number;
  /** Of a replay: events that wait in the slow lane, and when the last one ended. */
  waiting: number;
  ended_at: Date | null;
}

/**
 * Selects {@link OperationRow}s, the newest first. Results of replayed events are counted from the journal, because
 * nothing else sees them end; so a replay is finished only when none of its events is in a queue or the slow lane.
 *
 * @param narrowing What follows `from operations`: `where …`.
 * @param rest What follows the selection: `where status = … limit …`.
 */
export function selectOperations(narrowing: string, rest = ''): string {
  return `select * from (
    select operation.id, kind, created_at, created_by, event_id, cardinality(execution_ids) as listed, filter,
      handler_ids, edited_event_id, canary, per_second, note, cancelled_at, started_at, total, released, unneeded,
      canary_outcome, run.finished_at as run_finished_at, counted.*, replayed.waiting, replayed.ended_at,
      case
        when cancelled_at is not null then 'cancelled'
        when started_at is null then 'requested'
        when canary_outcome = 'failed' then 'stopped'
        when run.finished_at is null then 'running'
        when kind = 'replay' and (waiting > 0 or released > counted.succeeded + counted.failed) then 'running'
        else 'finished'
      end as status
    from (select * from operations ${narrowing} order by id desc offset 0) as operation
    left join operation_runs as run on run.operation_id = operation.id
    cross join lateral (
      select count(*) filter (where status = 'succeeded')::integer as succeeded,
        count(*) filter (where status = 'failed')::integer as failed,
        count(*) filter (where status = 'waiting')::integer as waiting,
        max(events.finished_at) as ended_at
      from events where events.replay_id = operation.id and kind = 'replay'
    ) as replayed
    cross join lateral (
      select case kind when 'replay' then replayed.succeeded else coalesce(run.succeeded, 0) end as succeeded,
        case kind when 'replay' then replayed.failed else coalesce(run.failed, 0) end as failed
    ) as counted
    order by operation.id desc
  ) as operation ${rest}`;
}

/** When an operation finished or was stopped; null while it has not. */
export function finishedAtOf(row: OperationRow): Date | null {
  if (row.kind !== 'replay') return row.run_finished_at;
  // Without a single event there is nothing that could end.
  return row.status === 'finished' ? (row.ended_at ?? row.run_finished_at) : null;
}

export function operationView(row: OperationRow): OperationView {
  const { succeeded, failed } = row;
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    total: row.total,
    done: succeeded + failed + (row.unneeded ?? 0),
    succeeded,
    failed,
    canary: row.canary === null ? null : { size: row.canary, outcome: row.canary_outcome },
    perSecond: row.per_second,
    note: row.note,
    eventId: row.event_id,
    listed: row.listed,
    filter: shownFilter(row.kind, row.filter),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: finishedAtOf(row)?.toISOString() ?? null,
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
  };
}
