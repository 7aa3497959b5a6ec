import type { DataSource } from 'typeorm';
import type { ExecutionStatus } from '#contracts';
import { EventNotFound } from '../journal/journal-errors.ts';

/** A run of an event, with the standing of each handler of its plan. */
export interface ResumableRun {
  readonly eventId: string;
  readonly partitionKey: string;
  /** The JSON that handlers got. */
  readonly body: string;
  /** In the order of the plan; disabled handlers that did not run come last. */
  readonly handlers: readonly PlannedHandler[];
}

/** Where a handler of a run stands. */
export interface PlannedHandler {
  readonly id: string;
  readonly standing: Standing;
}

/**
 * - `open`: it has failed, and nothing has settled that.
 * - `settled`: it has failed, and a person has settled that.
 * - `pending`: it was skipped because another one failed.
 * - `disabled`: it was disabled when the event ran.
 */
export type Standing = 'open' | 'settled' | 'pending' | 'disabled' | 'succeeded' | 'condition_unmet' | 'waiting';

interface RunRow {
  id: string;
  partition_key: string;
  body: string;
  skipped: string[];
  disabled: string[];
  replay_id: string | null;
}

interface ExecutionRow {
  handler_id: string;
  replay_id: string | null;
  status: ExecutionStatus;
  reason: string | null;
}

interface FailureRow {
  journal_id: string;
  handler_id: string;
  open: boolean;
  recovered: boolean;
}

/**
 * The run of an event that can be resumed, or the newest run when there is none. Of several it is the oldest, as it is
 * resumed first: when it succeeds, it settles the failures of the others.
 *
 * @throws {EventNotFound}
 */
export async function resumableRunOf(dataSource: DataSource, eventId: string): Promise<ResumableRun> {
  const runs = await dataSource.query<RunRow[]>(
    `select id, partition_key, body, skipped, disabled, replay_id from events
     where event_id = $1 and not test and status <> 'duplicate' order by id desc`,
    [eventId],
  );
  if (runs.length === 0) throw new EventNotFound(eventId);
  const executions = await dataSource.query<ExecutionRow[]>(
    `select handler_id, replay_id, status, reason from (
       select distinct on (execution_id) handler_id, replay_id, status, reason, position from attempts
       where event_id = $1 and not test order by execution_id, id desc
     ) as latest order by position`,
    [eventId],
  );
  const failures = await dataSource.query<FailureRow[]>(
    'select journal_id, handler_id, open, recovered_at is not null as recovered from failures where event_id = $1',
    [eventId],
  );
  const candidates = runs.map((row) => runOf(eventId, row, executions, failures));
  return candidates.findLast(isResumable) ?? candidates[0]!;
}

/** Whether something is left of a run for a resume to do. */
export function isResumable({ handlers }: ResumableRun): boolean {
  const has = (wanted: Standing): boolean => handlers.some(({ standing }) => standing === wanted);
  return has('open') || (has('settled') && has('pending'));
}

function runOf(
  eventId: string,
  { id, partition_key, body, skipped, disabled, replay_id }: RunRow,
  executions: readonly ExecutionRow[],
  failures: readonly FailureRow[],
): ResumableRun {
  const failed = new Map(failures.filter(({ journal_id }) => journal_id === id).map((row) => [row.handler_id, row]));
  const ran = executions
    .filter((execution) => execution.replay_id === replay_id)
    .map((row) => ({ id: row.handler_id, standing: standingOf(row, failed.get(row.handler_id)) }));
  const logged = new Set(ran.map((handler) => handler.id));
  const others = [...new Set([...skipped, ...disabled])]
    .filter((handler) => !logged.has(handler))
    .map((handler) => ({ id: handler, standing: disabled.includes(handler) ? 'disabled' : 'pending' }) as const);
  return { eventId, partitionKey: partition_key, body, handlers: [...ran, ...others] };
}

function standingOf({ status, reason }: ExecutionRow, failure: FailureRow | undefined): Standing {
  if (failure?.open) return 'open';
  if (failure?.recovered) return 'succeeded';
  if (failure !== undefined) return 'settled';
  if (status === 'skipped') return reason === 'condition_unmet' ? 'condition_unmet' : 'disabled';
  return status === 'waiting' ? 'waiting' : 'succeeded';
}
