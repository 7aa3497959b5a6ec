import type { Logger } from '#observability';
import type { Failure } from '../call/outcome.ts';
import type { Attempt, EventEnd, Progress, Run } from '../record/run.ts';
import type { CatalogHandler } from './handler-catalog.ts';

// Each stage of an event's way is a line at level debug with the event's id: `LOG_LEVEL=debug` follows one event.
// Attempts have a line of their own at every level.

/** Which handlers an event is to run, and where each stands already. */
export function logPlan(logger: Logger, { event }: Run, { revision, steps }: Progress): void {
  if (!logger.isLevelEnabled('debug')) return;
  const handlers = steps.map(({ handlerId, status }) => ({ handlerId, status }));
  logger.debug({ eventId: event.id, revision, handlers }, 'event planned');
}

/** Where an event stands after this stage of its way. */
export function logEnd(logger: Logger, { event }: Run, end: EventEnd, stage: string): void {
  if (!logger.isLevelEnabled('debug')) return;
  const { status, rest, detached, skipped } = end;
  const fields = {
    eventId: event.id,
    status,
    ...(rest && { reason: rest.reason, handlerId: rest.handlerId, delayMs: rest.delayMs }),
    ...(detached.length > 0 && { detached: detached.map(({ handlerId }) => handlerId) }),
    ...(skipped.length > 0 && { skipped }),
  };
  logger.debug(fields, stage);
}

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
    ...(nextAttemptAt !== null && { nextAttemptAt: new Date(nextAttemptAt) }),
    ms: Math.round(durationMs * 10) / 10,
    revision: run.revision,
    ...(run.replay && { replayId: run.replay.id }),
  };
  logger[level](fields, 'attempt');
}

function failureFields({ reason, message }: Failure): object {
  return { reason, error: message };
}
