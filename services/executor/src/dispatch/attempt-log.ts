import type { Logger } from '#observability';
import type { CatalogHandler } from '../catalog/handler-catalog.ts';
import type { Attempt } from './attempt.ts';
import type { Failure } from './outcome.ts';

/** Writes the one line of an attempt, with the same fields however it ended. */
export function logAttempt(logger: Logger, attempt: Attempt, handler: CatalogHandler): void {
  const { run, number, durationMs, status, nextAttemptAt, result } = attempt;
  const { outcome } = result;
  const level = outcome.kind === 'success' ? 'info' : 'warn';
  // Most are not written where there are many.
  if (!logger.isLevelEnabled(level)) return;
  const fields = {
    eventId: run.event.id,
    eventType: run.event.type,
    executionId: attempt.executionId,
    handlerId: handler.id,
    handler: handler.name,
    task: handler.task.type,
    attempt: number,
    outcome: outcome.kind,
    ...(outcome.kind === 'success' ? {} : failureFields(outcome)),
    status,
    ...(nextAttemptAt && { nextAttemptAt }),
    ms: Math.round(durationMs * 10) / 10,
    revision: run.revision,
    ...(run.replay && { replayId: run.replay.id }),
  };
  logger[level](fields, 'attempt');
}

function failureFields({ reason, message }: Failure): object {
  return { reason, error: message };
}
