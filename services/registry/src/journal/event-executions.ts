import { executionId, type AttemptResponse, type ExecutionStatus, type OutcomeKind, type TaskType } from '#contracts';
import type { AttemptView, EventExecutionView } from './dto/event-execution.dto.ts';

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
  status: Exclude<ExecutionStatus, 'skipped'>;
  response: string;
  started_at: Date;
  duration_ms: number;
  revision: number;
  executor_id: string;
}

/** What a handler is now; it may have had another name when it ran. */
export interface HandlerRow {
  id: string;
  name: string;
  priority: number;
  task_type: TaskType;
}

export interface JournaledEvent {
  readonly eventId: string;
  readonly occurredAt: Date;
  /** Handlers that did not run because one before them failed, in the order of the plan. */
  readonly skipped: readonly string[];
}

/**
 * The executions of an event, in the order of its plan.
 *
 * @param attempts In the order of the plan and of the attempts.
 */
export function executionsOf(
  event: JournaledEvent,
  attempts: readonly AttemptRow[],
  handlers: readonly HandlerRow[],
): EventExecutionView[] {
  const byId = new Map(handlers.map((handler) => [handler.id, handler]));
  const byExecution = Map.groupBy(attempts, ({ execution_id }) => execution_id);
  const ran = [...byExecution.values()].map((own) => ranExecution(own, byId.get(own[0]!.handler_id)));
  const lastPosition = Math.max(0, ...ran.map(({ position }) => position));
  const skipped = event.skipped.map((handlerId, index) =>
    skippedExecution(event, handlerId, lastPosition + index + 1, byId.get(handlerId)),
  );
  return [...ran, ...skipped];
}

function ranExecution(attempts: readonly AttemptRow[], handler: HandlerRow | undefined): EventExecutionView {
  const latest = attempts.at(-1)!;
  return {
    id: latest.execution_id,
    handlerId: latest.handler_id,
    handlerName: handler?.name ?? null,
    taskType: latest.task_type,
    priority: handler?.priority ?? null,
    position: latest.position,
    status: latest.status,
    durationMs: attempts.reduce((sum, { duration_ms }) => sum + duration_ms, 0),
    attempts: attempts.map(attemptView),
  };
}

function skippedExecution(
  { eventId, occurredAt }: JournaledEvent,
  handlerId: string,
  position: number,
  handler: HandlerRow | undefined,
): EventExecutionView {
  return {
    id: executionId(eventId, occurredAt.getTime(), handlerId),
    handlerId,
    handlerName: handler?.name ?? null,
    taskType: handler?.task_type ?? null,
    priority: handler?.priority ?? null,
    position,
    status: 'skipped',
    durationMs: null,
    attempts: [],
  };
}

function attemptView(row: AttemptRow): AttemptView {
  return {
    id: row.id,
    number: row.number,
    outcome: row.outcome,
    reason: row.reason,
    message: row.message,
    response: JSON.parse(row.response) as AttemptResponse,
    startedAt: row.started_at.toISOString(),
    durationMs: row.duration_ms,
    revision: row.revision,
    executorId: row.executor_id,
  };
}
