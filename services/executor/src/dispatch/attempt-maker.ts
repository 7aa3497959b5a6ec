import type { ExecutionStatus } from '#contracts';
import type { Logger } from '#observability';
import type { CatalogHandler } from '../catalog/handler-catalog.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { executionStatus } from './failure-policy.ts';
import type { Hold } from './hold.ts';
import { permanent, type AttemptResult } from './outcome.ts';
import type { Run } from './run.ts';
import type { Call, Runner, Runners } from './runner.ts';

/** Which attempt of what is to be made. */
export interface AttemptOrder {
  readonly run: Run;
  readonly handler: CatalogHandler;
  /** Place of the handler in the plan, from 1. */
  readonly position: number;
  readonly executionId: string;
  /** From 1. */
  readonly attempt: number;
}

/** An attempt that was made. */
export interface Attempt extends AttemptOrder {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly result: AttemptResult;
  /** Where the execution stands now. */
  readonly status: Exclude<ExecutionStatus, 'skipped'>;
}

export interface AttemptRecorder {
  /** Takes the attempt on; that it is committed is waited for with its event. */
  recordAttempt(attempt: Attempt): void;
}

/** Makes attempts through the runner of the handler's task, and sees to it that each is written down. */
export class AttemptMaker {
  readonly #runners: Runners;
  readonly #recorder: AttemptRecorder;
  readonly #logger: Logger;
  readonly #limit = new ConcurrencyLimit();

  constructor(runners: Runners, recorder: AttemptRecorder, logger: Logger) {
    this.#runners = runners;
    this.#recorder = recorder;
    this.#logger = logger;
  }

  /** Makes one attempt; what it came to is where the execution stands. */
  make(order: AttemptOrder, hold: Hold): Promise<Attempt['status']> {
    const { handler } = order;
    return this.#limit.run(handler.id, handler.maxConcurrency, async () => {
      hold.assertOurs();
      const startedAt = new Date();
      const start = performance.now();
      const result = await this.#call(order, hold.signal);
      const durationMs = performance.now() - start;
      const attempt: Attempt = { ...order, startedAt, durationMs, result, status: executionStatus(result.outcome) };
      this.#recorder.recordAttempt(attempt);
      this.#log(attempt);
      return attempt.status;
    });
  }

  async #call({ run, handler, executionId, attempt }: AttemptOrder, signal: AbortSignal): Promise<AttemptResult> {
    const { id: handlerId, task, timeoutMs } = handler;
    const call: Call = { task, handlerId, timeoutMs, event: run.event, executionId, attempt };
    // The table has, for every type of task, the runner of just that type; that is more than the compiler can follow.
    const runner = this.#runners[task.type] as Runner;
    try {
      return await runner.run(call, signal);
    } catch (error) {
      this.#logger.error(
        { err: error, executionId, handlerId },
        'a runner failed instead of saying how the call ended',
      );
      return { outcome: permanent('internal_error', (error as Error).message), response: {} };
    }
  }

  /** The one line of an attempt, with the same fields however it ended. */
  #log({ run, handler, executionId, attempt, durationMs, result: { outcome } }: Attempt): void {
    const failure = outcome.kind === 'success' ? {} : { reason: outcome.reason, error: outcome.message };
    const fields = {
      eventId: run.event.id,
      eventType: run.event.type,
      executionId,
      handlerId: handler.id,
      handler: handler.name,
      task: handler.task.type,
      attempt,
      outcome: outcome.kind,
      ...failure,
      ms: Math.round(durationMs * 10) / 10,
      revision: run.revision,
    };
    this.#logger[outcome.kind === 'success' ? 'info' : 'warn'](fields, 'attempt');
  }
}
