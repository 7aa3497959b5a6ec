import { cloudEventText, nativeEventText, type DeferralReason } from '#contracts';
import type { Logger, Span } from '#observability';
import type { CatalogHandler } from '../catalog/handler-catalog.ts';
import { attemptSpan, endAttempt } from '../traces/attempt-span.ts';
import { logAttempt } from './attempt-log.ts';
import type { Attempt, AttemptRecorder } from './attempt.ts';
import { concealed } from './concealment.ts';
import type { Echoes } from './echoes.ts';
import type { Hold } from './hold.ts';
import type { Isolation } from './isolation/isolation.ts';
import { isCounted, permanent, retryable, type AttemptResult } from './outcome.ts';
import type { Step } from './progress.ts';
import { executionOf, traceparentOf, type Run } from './run.ts';
import type { Call, Runner, Runners } from './runner.ts';
import { standingAfter, type Standing } from './standing.ts';

/** The attempt could not be made now: it is to be made from the slow lane. */
export interface NotNow {
  readonly refused: DeferralReason;
}

export interface AttemptMakerParts {
  runners: Runners;
  isolation: Isolation;
  recorder: AttemptRecorder;
  echoes: Echoes;
  /** The `source` of CloudEvents that are made of events which do not say where they come from. */
  cloudEventsSource: string;
  logger: Logger;
}

/** What came of an attempt, and when. */
type Made = Pick<Attempt, 'startedAt' | 'durationMs' | 'result'>;

/** What one attempt is made of. */
interface Order {
  readonly run: Run;
  readonly step: Step;
  readonly handler: CatalogHandler;
  readonly executionId: string;
  /** Of the attempt; there while traces are on. */
  readonly span?: Span | undefined;
}

/** Makes attempts through the runner of the handler's task, and sees to it that each is written down. */
export class AttemptMaker {
  readonly #parts: AttemptMakerParts;

  constructor(parts: AttemptMakerParts) {
    this.#parts = parts;
  }

  /**
   * Makes the next attempt of a step.
   *
   * @throws The hold's reason when it is lost before or meanwhile.
   */
  async make(run: Run, step: Step, handler: CatalogHandler, hold: Hold): Promise<Standing | NotNow> {
    const permit = await this.#parts.isolation.enter(handler, hold.lane);
    if ('refused' in permit) return permit;
    let result: AttemptResult | undefined;
    try {
      if (!(await hold.outlasts(handler.timeoutMs))) return { refused: 'held_long' };
      hold.assertOurs();
      const startedAt = new Date();
      const start = performance.now();
      const executionId = executionOf(run, handler.id);
      const span = run.span && attemptSpan(run.span, handler, executionId, step.attempts + 1);
      const order: Order = { run, step, handler, executionId, span };
      result = this.#parts.echoes.concealed(await this.#call(order, hold.signal), run.event, handler.hidden);
      if (span) endAttempt(span, result);
      return this.#conclude(order, { startedAt, durationMs: performance.now() - start, result });
    } finally {
      permit.leave(result?.outcome);
    }
  }

  /** Writes down what came of an attempt that needed no call. */
  conclude(run: Run, step: Step, handler: CatalogHandler, made: Made): Standing {
    const { outcome } = made.result;
    const reason = outcome.kind === 'success' ? undefined : outcome.reason;
    run.span?.event('failed', { 'provisor.handler.id': handler.id, 'provisor.reason': reason });
    const result = this.#parts.echoes.concealed(made.result, run.event, handler.hidden);
    return this.#conclude({ run, step, handler, executionId: executionOf(run, handler.id) }, { ...made, result });
  }

  /** Writes down that no more attempts are made of an execution, which has not come to its end by one. */
  close(run: Run, step: Step, status: 'failed' | 'skipped', reason: keyof typeof closingWords): void {
    const { handlerId, taskType, position, attempts } = step;
    run.span?.event(status, { 'provisor.handler.id': handlerId, 'provisor.reason': reason });
    this.#parts.recorder.recordAttempt({
      run,
      handlerId,
      taskType,
      position,
      executionId: executionOf(run, handlerId),
      number: Math.max(attempts, 1),
      counted: false,
      startedAt: new Date(),
      durationMs: 0,
      result: { outcome: permanent(reason, closingWords[reason]), response: {} },
      status,
      nextAttemptAt: null,
    });
  }

  #conclude({ run, step, handler, executionId }: Order, made: Made): Standing {
    const number = step.attempts + 1;
    const standing = this.#standing(run, made.result, number, handler);
    const waits = standing.status === 'waiting' && standing.delayMs > 0;
    const attempt: Attempt = {
      ...made,
      run,
      handlerId: handler.id,
      taskType: handler.task.type,
      position: step.position,
      executionId,
      number,
      counted: isCounted(made.result.outcome),
      status: standing.status,
      nextAttemptAt: waits ? new Date(Date.now() + standing.delayMs) : null,
    };
    if (attempt.counted) step.attempts = number;
    this.#parts.recorder.recordAttempt(attempt);
    logAttempt(this.#parts.logger, attempt, handler);
    return standing;
  }

  #standing(run: Run, { outcome }: AttemptResult, number: number, { retry }: CatalogHandler): Standing {
    const standing = standingAfter(outcome, number, retry);
    // A test is made once, whatever comes of it.
    return run.testId !== null && standing.status === 'waiting' ? { status: 'failed' } : standing;
  }

  async #call({ run, step, handler, executionId, span }: Order, signal: AbortSignal): Promise<AttemptResult> {
    const { id: handlerId, task, timeoutMs, format, signing, hidden, locked } = handler;
    const { event } = run;
    if (locked !== undefined) return { outcome: retryable('secrets_unavailable', locked), response: {} };
    const call: Call = {
      task,
      handlerId,
      timeoutMs,
      event,
      format,
      body: format === 'cloudevents' ? cloudEventText(event, this.#parts.cloudEventsSource) : nativeEventText(event),
      executionId,
      attempt: step.attempts + 1,
      ...(signing && { signing }),
      traceparent: traceparentOf({ span, event: run.event }),
    };
    // The table has, for every type of task, the runner of just that type; that is more than the compiler can follow.
    const runner = this.#parts.runners[task.type] as Runner;
    try {
      return await runner.run(call, signal);
    } catch (error) {
      const { message, stack = message } = error as Error;
      this.#parts.logger.error(
        { error: concealed(stack, hidden), executionId, handlerId },
        'a runner failed instead of saying how the call ended',
      );
      return { outcome: permanent('internal_error', message), response: {} };
    }
  }
}

const closingWords = {
  given_up: 'an administrator gave it up',
  handler_disabled: 'the handler was disabled or archived while the execution waited',
  condition_unmet: "the handler's condition is false for this event",
};
