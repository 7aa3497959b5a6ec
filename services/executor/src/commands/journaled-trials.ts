import type { Logger } from '#observability';
import type { Attempt } from '../dispatch/attempt.ts';
import { AttemptMaker } from '../dispatch/attempt-maker.ts';
import type { Echoes } from '../dispatch/echoes.ts';
import type { Hold } from '../dispatch/hold.ts';
import type { Isolation } from '../dispatch/isolation/isolation.ts';
import { firstStep } from '../dispatch/progress.ts';
import { executionOf } from '../dispatch/run.ts';
import type { Runners } from '../dispatch/runner.ts';
import type { Journal } from '../journal/journal.ts';
import { tellEnd } from '../traces/event-span.ts';
import { CommandRefused } from './command-refused.ts';
import type { TrialAttempt, TrialAttempts, TrialOrder } from './handler-trial.ts';

export interface JournaledTrialsParts {
  runners: Runners;
  isolation: Isolation;
  journal: Journal;
  echoes: Echoes;
  cloudEventsSource: string;
  logger: Logger;
}

/** Makes the attempts of trials as all attempts are made. */
export class JournaledTrials implements TrialAttempts {
  readonly #parts: JournaledTrialsParts;

  constructor(parts: JournaledTrialsParts) {
    this.#parts = parts;
  }

  async make({ run, handler }: TrialOrder, hold: Hold): Promise<TrialAttempt> {
    const { journal, ...parts } = this.#parts;
    const made = Promise.withResolvers<{ id: string; attempt: Attempt }>();
    const recorder = {
      recordAttempt: (attempt: Attempt) => made.resolve({ id: journal.recordAttempt(attempt), attempt }),
    };
    // A trial has one attempt, and there is nothing that it could stop.
    const tried = { ...handler, onFailure: 'stop', retry: { maxAttempts: 1, waitsMs: [0] } } as const;
    const maker = new AttemptMaker({ ...parts, recorder });
    const standing = await maker.make(run, firstStep(tried, 0), tried, hold);
    if ('refused' in standing) {
      throw new CommandRefused('handler_busy', 'the handler has as many calls under way as it may');
    }
    const { id, attempt } = await made.promise;
    const end = { failed: standing.status !== 'succeeded', skipped: [], rest: null, detached: [] };
    if (run.span) tellEnd(run.span, end);
    await journal.recordEvent(run, end);
    const { startedAt, durationMs, result } = attempt;
    return { id, executionId: executionOf(run, handler.id), startedAt, durationMs, result };
  }
}
