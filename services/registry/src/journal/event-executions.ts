import { executionId, type AttemptResponse, type ExecutionStatus, type OutcomeKind, type TaskType } from '#contracts';
import type { Redaction } from '#redaction';
import { skipReasons, type AttemptView, type EventExecutionView, type SkipReason } from './dto/event-execution.dto.ts';
import { redactedResponse } from './redacted-response.ts';

/** A row of `attempts`, as far as it is shown with an event. */
export interface AttemptRow {
  id: string;
  execution_id: string;
  handler_id: string;
  task_type: TaskType;
  position: number;
  number: number;
  outcome: OutcomeKind;
  reason: string | null;
  message: string | null;
  status: ExecutionStatus;
  next_attempt_at: Date | null;
  response: string;
  started_at: Date;
  duration_ms: number;
  revision: number;
  executor_id: string;
  replay_id: string | null;
  test: boolean;
}

/** What a handler is now; it may have had another name when it ran. */
export interface HandlerRow {
  id: string;
  name: string;
  priority: number;
  task_type: TaskType;
}

/** One time that an event was run: as it came, by a replay, or to try handlers. */
export interface EventRun {
  readonly replayId: string | null;
  readonly test: boolean;
  readonly occurredAt: Date;
  /** Handlers that did not run because one before them failed, in the order of the plan. */
  readonly skipped: readonly string[];
}

/**
 * The executions of an event, in the order of its plan: as it came, by each replay, in tests.
 *
 * @param runs The newest first.
 * @param attempts In the order of the plan and of the attempts.
 */
export function executionsOf(
  eventId: string,
  runs: readonly EventRun[],
  attempts: readonly AttemptRow[],
  handlers: readonly HandlerRow[],
  redaction: Redaction,
): EventExecutionView[] {
  const byId = new Map(handlers.map((handler) => [handler.id, handler]));
  const attemptsOf = Map.groupBy(attempts, ({ replay_id, test }) => runKey(replay_id, test));
  const runsOf = Map.groupBy(runs, ({ replayId, test }) => runKey(replayId, test));
  const keys = [...new Set([...attemptsOf.keys(), ...runsOf.keys()])].sort();
  return keys.flatMap((key) => {
    const ran = ranExecutions(attemptsOf.get(key) ?? [], byId, redaction);
    // An event that came again, when duplicates were no longer recognised, ran under the same ids; the newest counts.
    const run = runsOf.get(key)?.[0];
    return run === undefined ? ran : [...ran, ...skippedExecutions(eventId, run, ran, byId)];
  });
}

/** Sorts as runs are shown; ids of replays are UUIDv7, and so in the order of time. */
function runKey(replayId: string | null, test: boolean): string {
  return `${test ? 1 : 0} ${replayId ?? ''}`;
}

function ranExecutions(
  attempts: readonly AttemptRow[],
  byId: ReadonlyMap<string, HandlerRow>,
  redaction: Redaction,
): EventExecutionView[] {
  const byExecution = Map.groupBy(attempts, ({ execution_id }) => execution_id);
  return [...byExecution.values()].map((own) => ranExecution(own, byId.get(own[0]!.handler_id), redaction));
}

function skippedExecutions(
  eventId: string,
  run: EventRun,
  ran: readonly EventExecutionView[],
  byId: ReadonlyMap<string, HandlerRow>,
): EventExecutionView[] {
  const lastPosition = Math.max(0, ...ran.map(({ position }) => position));
  const logged = new Set(ran.map(({ handlerId }) => handlerId));
  return run.skipped
    .filter((handlerId) => !logged.has(handlerId))
    .map((handlerId, index) =>
      skippedExecution(eventId, run, handlerId, lastPosition + index + 1, byId.get(handlerId)),
    );
}

function ranExecution(
  attempts: readonly AttemptRow[],
  handler: HandlerRow | undefined,
  redaction: Redaction,
): EventExecutionView {
  const latest = attempts.at(-1)!;
  const skipReason = latest.status === 'skipped' ? skipReasonOf(latest.reason) : null;
  // Its row says why there was no attempt, and is none.
  const made = skipReason === 'condition_unmet' ? attempts.slice(0, -1) : attempts;
  return {
    id: latest.execution_id,
    handlerId: latest.handler_id,
    handlerName: handler?.name ?? null,
    taskType: latest.task_type,
    priority: handler?.priority ?? null,
    position: latest.position,
    replayId: latest.replay_id,
    test: latest.test,
    status: latest.status,
    skipReason,
    durationMs: made.length === 0 ? null : made.reduce((sum, { duration_ms }) => sum + duration_ms, 0),
    attempts: made.map((attempt) => attemptView(attempt, redaction)),
  };
}

function skipReasonOf(reason: string | null): SkipReason {
  return skipReasons.find((known) => known === reason) ?? 'earlier_failed';
}

function skippedExecution(
  eventId: string,
  { occurredAt, replayId, test }: EventRun,
  handlerId: string,
  position: number,
  handler: HandlerRow | undefined,
): EventExecutionView {
  return {
    id: executionId(eventId, occurredAt.getTime(), handlerId, replayId ?? undefined),
    handlerId,
    handlerName: handler?.name ?? null,
    taskType: handler?.task_type ?? null,
    priority: handler?.priority ?? null,
    position,
    replayId,
    test,
    status: 'skipped',
    skipReason: 'earlier_failed',
    durationMs: null,
    attempts: [],
  };
}

function attemptView(row: AttemptRow, redaction: Redaction): AttemptView {
  return {
    id: row.id,
    number: row.number,
    outcome: row.outcome,
    reason: row.reason,
    message: row.message && redaction.text(row.message),
    response: redactedResponse(JSON.parse(row.response) as AttemptResponse, redaction),
    startedAt: row.started_at.toISOString(),
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
    revision: row.revision,
    executorId: row.executor_id,
  };
}
