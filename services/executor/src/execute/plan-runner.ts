import { orderedIdAt } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { Hold } from '../call/call.ts';
import { unsent, type Failure, type Outcome } from '../call/outcome.ts';
import { endAttempt } from '../observe/attempt-span.ts';
import {
  executionOf,
  resultsBefore,
  type Attempt,
  type Deferral,
  type EventEnd,
  type FailureFacts,
  type Run,
} from '../record/run.ts';
import type { Attempts } from './attempt.ts';
import type { Bulkhead } from './bulkhead/bulkhead.ts';
import type { CatalogHandler } from './handler-catalog.ts';
import { closingOutcome } from './judgement.ts';
import { next, type Ask, type Call as CallMove, type Close, type Move, type Note, type Situation } from './plan.ts';
import type { SecretMasking } from './secret-masking.ts';

/** Keeps attempts. */
export interface AttemptRecorder {
  /** Takes the attempt on; the end of its event waits until it is committed. */
  recordAttempt(attempt: Attempt): void;
}

export interface PlanRunnerParts {
  attempts: Attempts;
  bulkhead: Bulkhead;
  recorder: AttemptRecorder;
  masking: SecretMasking;
  /** The database's clock. */
  now: Now;
  logger: Logger;
}

/** The handlers as they are while a plan runs. */
export interface Handlers {
  handler(id: string): CatalogHandler | undefined;
}

/** Where a plan is taken up. */
export type Start = Pick<Situation, 'progress' | 'urgent' | 'detached' | 'giveUp'>;

/** What was made of an attempt, and when. */
type Made = Pick<Attempt, 'executionId' | 'startedAt' | 'durationMs' | 'result' | 'kept'>;

/** Takes an event through its plan: does what {@link next} says, until the event ends or has to wait. */
export class PlanRunner {
  readonly #parts: PlanRunnerParts;

  constructor(parts: PlanRunnerParts) {
    this.#parts = parts;
  }

  /** @throws The hold's reason when it is lost. */
  async run(run: Run, handlers: Handlers, start: Start, hold: Hold): Promise<EventEnd> {
    const { now } = this.#parts;
    const { lane } = hold;
    const detached: Deferral[] = [];
    let move: Move = next({ ...start, handlers, lane, isTest: run.testId !== null }, now());
    for (;;) {
      switch (move.do) {
        case 'ask':
          hold.assertOurs();
          move = this.#ask(run, move, handlers.handler(move.step.handlerId)!);
          break;
        case 'call':
          hold.assertOurs();
          move = await this.#call(run, move, handlers.handler(move.step.handlerId)!, hold);
          break;
        case 'close':
          hold.assertOurs();
          this.#close(run, move);
          move = next(move.then, now());
          break;
        case 'detach': {
          const { step, reason, delayMs, heldBy, progress, then } = move;
          const key = executionOf(run, step.handlerId);
          const { handlerId, cause = null } = step;
          detached.push({ key, detached: true, handlerId, reason, cause, delayMs, heldBy, progress });
          move = next(then, now());
          break;
        }
        case 'defer': {
          const { step, reason, delayMs, heldBy, progress, failed } = move;
          const key = start.detached ? executionOf(run, step.handlerId) : run.event.partitionKey;
          const { handlerId, cause = null } = step;
          const rest = { key, detached: start.detached, handlerId, reason, cause, delayMs, heldBy, progress };
          return { status: 'waiting', failed, skipped: [], disabled: [], rest, detached };
        }
        case 'end': {
          const status = detached.length > 0 ? 'waiting' : move.status;
          const { skipped, disabled } = move;
          return { status, failed: move.status === 'failed', skipped, disabled, rest: null, detached };
        }
      }
    }
  }

  #ask(run: Run, { then, step }: Ask, handler: CatalogHandler): Move {
    const { masking, now } = this.#parts;
    const startedAt = new Date(now());
    const start = performance.now();
    const verdict = handler.condition!.of(run.event, resultsBefore(then.progress, step.position));
    const answered = next(then, now(), { verdict });
    if (answered.do !== 'note') return answered;
    run.span?.addEvent('failed', { 'provisor.handler.id': step.handlerId, 'provisor.reason': 'condition_failed' });
    const result = masking.masked(unsent(answered.outcome), run.event, handler.hidden);
    const executionId = executionOf(run, handler.id);
    this.#note(run, answered, handler, { executionId, startedAt, durationMs: performance.now() - start, result });
    return next(answered.then, now());
  }

  /** Makes an attempt, unless it cannot be made now, and sees to it that it is written down. */
  async #call(run: Run, move: CallMove, handler: CatalogHandler, hold: Hold): Promise<Move> {
    const { bulkhead, attempts, masking, now } = this.#parts;
    const { then } = move;
    const entered = bulkhead.enter(handler, hold.lane, move.urgent, run.testId !== null);
    const permit = entered instanceof Promise ? await entered : entered;
    if ('refused' in permit) return next(then, now(), permit);
    let outcome: Outcome | undefined;
    try {
      const outlasts = hold.outlasts(handler.timeoutMs);
      if (!(outlasts instanceof Promise ? await outlasts : outlasts))
        return next(then, now(), { refused: 'held_long' });
      hold.assertOurs();
      const {
        executionId,
        startedAt,
        start,
        span,
        result: judged,
        hidden,
      } = await attempts.make(run, move, handler, hold);
      const { kept, reached } = judged;
      const note = next(then, now(), { outcome: judged.outcome, reached, kept, chance: Math.random() });
      const held = note.outcome === judged.outcome ? judged : { ...judged, outcome: note.outcome };
      const result = masking.masked(held, run.event, hidden);
      if (span) endAttempt(span, result);
      const durationMs = performance.now() - start;
      this.#note(run, note, handler, { executionId, startedAt, durationMs, result, kept });
      // What ended for good before anything was sent says nothing of the target.
      if (note.outcome.kind !== 'permanent' || reached !== 'no') outcome = note.outcome;
      return next(note.then, now());
    } finally {
      permit.leave(outcome);
    }
  }

  #note(run: Run, note: Note, handler: CatalogHandler, made: Made): void {
    const { executionId, startedAt, durationMs, result, kept } = made;
    const { handlerId, taskType, position } = note.step;
    const attempt: Attempt = {
      id: orderedIdAt(startedAt),
      run,
      handlerId,
      taskType,
      position,
      executionId,
      number: note.attempt,
      counted: note.counted,
      startedAt,
      durationMs,
      result,
      kept,
      status: note.status,
      nextAttemptAt: note.nextAttemptAt,
      failure: note.status === 'failed' ? failureOf(note) : null,
    };
    this.#parts.recorder.recordAttempt(attempt);
    logAttempt(this.#parts.logger, attempt, handler);
  }

  /** Writes down that no more attempts are made of an execution, which has not come to its end by one. */
  #close(run: Run, close: Close): void {
    const { step, status, reason } = close;
    const { handlerId, taskType, position, attempts } = step;
    run.span?.addEvent(status, { 'provisor.handler.id': handlerId, 'provisor.reason': reason });
    const startedAt = new Date(this.#parts.now());
    this.#parts.recorder.recordAttempt({
      id: orderedIdAt(startedAt),
      run,
      handlerId,
      taskType,
      position,
      executionId: executionOf(run, handlerId),
      number: Math.max(attempts, 1),
      counted: false,
      startedAt,
      durationMs: 0,
      result: unsent(closingOutcome(reason)),
      status,
      nextAttemptAt: null,
      failure: status === 'failed' ? failureOf(close) : null,
    });
  }
}

function failureOf({ step: { attempts, reached = 'no' }, skips }: Note | Close): FailureFacts {
  return { attempts, reached, skips };
}

/** Writes the one line of an attempt, with the same fields however it ended. */
function logAttempt(logger: Logger, attempt: Attempt, handler: CatalogHandler): void {
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
