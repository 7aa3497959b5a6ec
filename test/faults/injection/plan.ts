import type { Range, SeededRandom } from '../random.ts';
import { faults, type FaultKind } from './faults.ts';

export interface Step {
  readonly number: number;
  /** How long nothing happens before it, milliseconds. */
  readonly pauseMs: number;
  /** Done at the same time. */
  readonly faults: readonly FaultKind[];
}

export interface PlanOptions {
  /** Each round has each of them once, in an order of its own. */
  readonly kinds: readonly FaultKind[];
  readonly pauseMs: Range;
  /** How often a fault is joined by the next one, 0 to 1, if that harms something else. */
  readonly together: number;
}

/** The faults of a run, without end: rounds in which each kind has its turn, so that a short run misses none. */
export function* planOfFaults({ kinds, pauseMs, together }: PlanOptions, random: SeededRandom): Generator<Step, never> {
  for (let number = 1; ;) {
    const round = random.shuffle(kinds);
    while (round.length > 0) {
      const [first, second] = round;
      const joined = random.chance(together) && second !== undefined && faults[first!].harms !== faults[second].harms;
      yield { number: number++, pauseMs: random.integer(pauseMs), faults: round.splice(0, joined ? 2 : 1) };
    }
  }
}
