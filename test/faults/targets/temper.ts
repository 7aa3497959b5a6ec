import type { SeededRandom } from '../random.ts';

/** What a receiver does with a call; `hang` says nothing until the caller goes away. */
export type Behaviour = 'success' | 'unavailable' | 'throttled' | 'reset' | 'hang' | 'refused';

/** How often a receiver does not do what it is asked; the rest is success. */
const shares: Readonly<Record<Exclude<Behaviour, 'success'>, number>> = {
  unavailable: 0.03,
  throttled: 0.01,
  reset: 0.02,
  hang: 0.005,
  refused: 0.003,
};

/** Decides the result of each call. */
export interface Temper {
  decide(executionId: string, attempt: number): { behaviour: Behaviour; afterMs: number };
}

/** How long an answer takes, milliseconds. */
const answerMs = { min: 0, max: 15 };

/** By execution and attempt, so that the order in which calls arrive makes no difference. */
export function temperOf(random: SeededRandom): Temper {
  return {
    decide(executionId, attempt) {
      const own = random.for(`${executionId} ${String(attempt)}`);
      const afterMs = own.integer(answerMs);
      let drawn = own.next();
      for (const [behaviour, share] of Object.entries(shares)) {
        if (drawn < share) return { behaviour: behaviour as Behaviour, afterMs };
        drawn -= share;
      }
      return { behaviour: 'success', afterMs };
    },
  };
}
