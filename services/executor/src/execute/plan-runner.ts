import { cloudEventText, nativeEventText } from '#contracts';
import { orderedIdAt, type Now } from '#database';
import type { Logger, Span, Tracer } from '#observability';
import type { Call, Runner, Runners } from '../call/call.ts';
import type { Hold } from '../call/hold.ts';
import { permanent, retryable, unsent, type AttemptResult, type Outcome } from '../call/outcome.ts';
import { attemptSpan, endAttempt } from '../observe/attempt-span.ts';
import {
  executionOf,
  resultsBefore,
  traceparentOf,
  type Attempt,
  type Deferral,
  type EventEnd,
  type FailureFacts,
  type Run,
} from '../record/run.ts';
import type { Bulkhead } from './bulkhead/bulkhead.ts';
import { logAttempt } from './event-log.ts';
import type { CatalogHandler } from './handler-catalog.ts';
import { closingOutcome } from './judgement.ts';
import { judgedAnswer } from './judged-answer.ts';
import { masked, type SecretMasking } from './secret-masking.ts';
import { hiddenIn, shapedTask, templateFailed } from './shaped-call.ts';
import { next, type Ask, type Call as CallMove, type Close, type Move, type Note, type Situation } from './plan.ts';

/** Keeps attempts. */
export interface AttemptRecorder {
  /** Takes the attempt on; the end of its event waits until it is committed. */
  recordAttempt(attempt: Attempt): void;
}

export interface PlanRunnerParts {
  runners: Runners;
  bulkhead: Bulkhead;
  recorder: AttemptRecorder;
  masking: SecretMasking;
  /** The `source` of CloudEvents that are made of events which do not say where they come from. */
  cloudEventsSource: string;
  /** The database's clock. */
  now: Now;
  logger: Logger;
  /** There while traces are on. */
  tracer?: Tracer | undefined;
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
    const { now } = this.#parts;
    const startedAt = new Date(now());
    const start = performance.now();
    const verdict = handler.condition!.of(run.event, resultsBefore(then.progress, step.position));
    const answered = next(then, now(), { verdict });
    if (answered.do !== 'note') return answered;
    run.span?.addEvent('failed', { 'provisor.handler.id': step.handlerId, 'provisor.reason': 'condition_failed' });
    const result = this.#masked(unsent(answered.outcome), run, handler);
    const executionId = executionOf(run, handler.id);
    this.#note(run, answered, handler, { executionId, startedAt, durationMs: performance.now() - start, result });
    return next(answered.then, now());
  }

  /** Makes an attempt, unless it cannot be made now, and sees to it that it is written down. */
  async #call(run: Run, { step, attempt, urgent, then }: CallMove, handler: CatalogHandler, hold: Hold): Promise<Move> {
    const { bulkhead, now, logger, tracer } = this.#parts;
    const entered = bulkhead.enter(handler, hold.lane, urgent, run.testId !== null);
    const permit = entered instanceof Promise ? await entered : entered;
    if ('refused' in permit) return next(then, now(), permit);
    let outcome: Outcome | undefined;
    try {
      const outlasts = hold.outlasts(handler.timeoutMs);
      if (!(outlasts instanceof Promise ? await outlasts : outlasts))
        return next(then, now(), { refused: 'held_long' });
      hold.assertOurs();
      const startedAt = new Date(now());
      const start = performance.now();
      const executionId = executionOf(run, handler.id);
      const span = tracer && run.span && attemptSpan(tracer, run.span, handler, executionId, attempt);
      logger.debug({ eventId: run.event.id, executionId, handlerId: handler.id, attempt }, 'calling handler');
      const results = resultsBefore(then.progress, step.position);
      const shaped = shapedTask(handler, run.event, results);
      let made: AttemptResult;
      let { hidden = [] } = handler;
      if ('message' in shaped) {
        made = unsent(templateFailed(shaped));
      } else {
        const call = { ...this.#callOf(run, handler, executionId, attempt, startedAt, span), ...shaped };
        hidden = hiddenIn(handler, shaped);
        try {
          made = await this.#make(call, handler, hold);
        } catch (error) {
          made = this.#broken(error as Error, call, handler);
        }
      }
      const maybe = run.again === true || (step.reached ?? 'no') !== 'no';
      const { kept, ...judged } = judgedAnswer(
        made,
        { ...handler, hidden },
        { event: run.event, results, attempt, maybe },
      );
      const note = next(then, now(), { ...judged, kept, chance: Math.random() });
      const result = this.#masked({ ...judged, outcome: note.outcome }, run, { hidden });
      if (span) endAttempt(span, result);
      this.#note(run, note, handler, { executionId, startedAt, durationMs: performance.now() - start, result, kept });
      // What ended for good before anything was sent says nothing of the target.
      if (note.outcome.kind !== 'permanent' || made.reached !== 'no') outcome = note.outcome;
      return next(note.then, now());
    } finally {
      permit.leave(outcome);
    }
  }

  #callOf(
    { event }: Run,
    { id: handlerId, task, timeoutMs, format, signing, target }: CatalogHandler,
    executionId: string,
    attempt: number,
    startedAt: Date,
    span: Span | undefined,
  ): Call {
    const { cloudEventsSource } = this.#parts;
    const tokens = target && 'tokens' in target.opened ? target.opened.tokens : undefined;
    return {
      task,
      handlerId,
      timeoutMs,
      event,
      format,
      body: format === 'cloudevents' ? cloudEventText(event, cloudEventsSource) : nativeEventText(event),
      executionId,
      attempt,
      startedAt,
      ...(signing && { signing }),
      ...(tokens && { tokens }),
      traceparent: traceparentOf({ span, event }),
    };
  }

  #make(call: Call, { locked }: CatalogHandler, hold: Hold): AttemptResult | Promise<AttemptResult> {
    if (locked !== undefined) return unsent(retryable('secrets_unavailable', locked));
    // The table has, for every type of task, the runner of just that type; that is more than the compiler can follow.
    const runner = this.#parts.runners[call.task.type] as Runner;
    return runner.run(call, hold.signal, () => hold.assertOurs());
  }

  #broken(error: Error, { executionId, handlerId }: Call, { hidden }: CatalogHandler): AttemptResult {
    const { message, stack = message } = error;
    this.#parts.logger.error(
      { error: masked(stack, hidden), executionId, handlerId },
      'internal error in a task runner',
    );
    return { outcome: permanent('internal_error', message), reached: 'maybe', response: {} };
  }

  #masked(result: AttemptResult, { event }: Run, { hidden }: Pick<CatalogHandler, 'hidden'>): AttemptResult {
    return this.#parts.masking.masked(result, event, hidden);
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
