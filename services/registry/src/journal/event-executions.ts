import type { Kept } from '#conditions';
import { executionId, type AttemptResponse, type TaskType } from '#contracts';
import { ofAttempts, type AttemptRecord } from '#journal';
import type { Redaction } from '#redaction';
import { skipReasons, type AttemptView, type EventExecutionView, type SkipReason } from './dto/event-execution.dto.ts';
import type { EventRow } from './event-rows.ts';
import { shownKept } from './shown-kept.ts';
import { redactedResponse } from './redacted-response.ts';

/** Columns of `attempts`, as far as they are shown with an event. */
export const attemptColumns = ofAttempts(
  'id',
  'execution_id',
  'handler_id',
  'task_type',
  'position',
  'number',
  'outcome',
  'reason',
  'message',
  'reached',
  'status',
  'next_attempt_at',
  'response',
  'kept',
  'started_at',
  'duration_ms',
  'revision',
  'executor_id',
  'replay_id',
  'test',
);

/** A row of {@link attemptColumns}. */
export type AttemptRow = Pick<AttemptRecord, (typeof attemptColumns)[number]>;

/** What a handler is now; it may have had another name when it ran. */
export interface HandlerRow {
  id: string;
  name: string;
  priority: number;
  task_type: TaskType;
}

/** What of the executions is not shown. */
export interface Shown {
  readonly redaction: Redaction;
  /** Texts of redacted fields of the event, in all spellings. */
  readonly hidden: readonly string[];
}

/** One run of an event: the original, a replay or a handler test. */
export interface EventRun {
  readonly row: EventRow;
  readonly replayId: string | null;
  readonly test: boolean;
  readonly occurredAt: Date;
  /** Handlers of the plan that did not run, in its order. */
  readonly skipped: readonly string[];
  /** Handlers that did not run because they were disabled; those of the plan are in {@link skipped} as well. */
  readonly disabled: readonly string[];
}

/**
 * The runs as they are shown: as the event was received, each replay, tests. An event that arrived again after the
 * deduplication window ran under the same ids; the newest counts.
 *
 * @param runs The newest first.
 */
export function newestOfEachRun(runs: readonly EventRun[]): EventRun[] {
  const byKey = Map.groupBy(runs, ({ replayId, test }) => runKey(replayId, test));
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, [newest]]) => newest!);
}

/**
 * The executions of an event, in the order of its plan: of the original, of each replay, of tests.
 *
 * @param runs The newest first.
 * @param attempts In the order of the plan and of the attempts.
 */
export function executionsOf(
  eventId: string,
  runs: readonly EventRun[],
  attempts: readonly AttemptRow[],
  handlers: readonly HandlerRow[],
  shown: Shown,
): EventExecutionView[] {
  const byId = new Map(handlers.map((handler) => [handler.id, handler]));
  const attemptsOf = Map.groupBy(attempts, ({ replay_id, test }) => runKey(replay_id, test));
  const runsOf = new Map(newestOfEachRun(runs).map((run) => [runKey(run.replayId, run.test), run]));
  const keys = [...new Set([...attemptsOf.keys(), ...runsOf.keys()])].sort();
  return keys.flatMap((key) => {
    const ran = ranExecutions(attemptsOf.get(key) ?? [], byId, shown);
    const run = runsOf.get(key);
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
  shown: Shown,
): EventExecutionView[] {
  const byExecution = Map.groupBy(attempts, ({ execution_id }) => execution_id);
  return [...byExecution.values()].map((own) => ranExecution(own, byId.get(own[0]!.handler_id), shown));
}

function skippedExecutions(
  eventId: string,
  run: EventRun,
  ran: readonly EventExecutionView[],
  byId: ReadonlyMap<string, HandlerRow>,
): EventExecutionView[] {
  const lastPosition = Math.max(0, ...ran.map(({ position }) => position));
  const logged = new Set(ran.map(({ handlerId }) => handlerId));
  return [...new Set([...run.skipped, ...run.disabled])]
    .filter((handlerId) => !logged.has(handlerId))
    .map((handlerId, index) =>
      skippedExecution(eventId, run, handlerId, lastPosition + index + 1, byId.get(handlerId)),
    );
}

function ranExecution(
  attempts: readonly AttemptRow[],
  handler: HandlerRow | undefined,
  { redaction, hidden }: Shown,
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
    kept: shownKept(keptOf(attempts), hidden, redaction),
    durationMs: made.length === 0 ? null : made.reduce((sum, { duration_ms }) => sum + duration_ms, 0),
    attempts: made.map((attempt) => attemptView(attempt, redaction)),
  };
}

/** As the executor wrote them, with the name that the handler had. */
function keptOf(attempts: readonly AttemptRow[]): Kept | null {
  const kept = attempts.findLast((attempt) => attempt.kept !== null)?.kept ?? null;
  return kept === null ? null : (JSON.parse(kept) as Kept);
}

function skipReasonOf(reason: string | null): SkipReason {
  return skipReasons.find((known) => known === reason) ?? 'earlier_failed';
}

function skippedExecution(
  eventId: string,
  { occurredAt, replayId, test, disabled }: EventRun,
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
    skipReason: disabled.includes(handlerId) ? 'handler_disabled' : 'earlier_failed',
    kept: null,
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
    reached: row.reached,
    response: redactedResponse(JSON.parse(row.response) as AttemptResponse, redaction),
    startedAt: row.started_at.toISOString(),
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
    revision: row.revision,
    executorId: row.executor_id,
  };
}
