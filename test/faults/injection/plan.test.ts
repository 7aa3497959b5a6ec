import { expect, test } from '@jest/globals';
import { SeededRandom } from '../random.ts';
import { planOfFaults, type PlanOptions, type Step } from './plan.ts';

const options: PlanOptions = {
  kinds: ['killExecutor', 'restartBroker', 'killBroker', 'killTarget'],
  pauseMs: { min: 10, max: 20 },
  together: 0.5,
};

function firstRounds(rounds: number, seed: number): Step[] {
  const steps: Step[] = [];
  for (const step of planOfFaults(options, new SeededRandom(seed))) {
    steps.push(step);
    if (steps.flatMap(({ faults }) => faults).length === rounds * options.kinds.length) return steps;
  }
  return steps;
}

test('every round has every fault once', () => {
  const faults = firstRounds(3, 7).flatMap((step) => step.faults);
  for (const round of [0, 1, 2]) {
    const ofRound = faults.slice(round * 4, round * 4 + 4);
    expect(ofRound.toSorted()).toEqual(options.kinds.toSorted());
  }
});

test('what happens at the same time harms different things', () => {
  const together = firstRounds(50, 7).filter((step) => step.faults.length > 1);
  expect(together.length).toBeGreaterThan(20);
  for (const step of together) expect(step.faults.toSorted()).not.toEqual(['killBroker', 'restartBroker']);
});

test('the same seed plans the same, another one something else', () => {
  expect(firstRounds(3, 7)).toEqual(firstRounds(3, 7));
  expect(firstRounds(3, 7)).not.toEqual(firstRounds(3, 8));
});
