import { describe, expect, it } from '@jest/globals';
import { nextStep, type Pace, type Step } from './next-step.ts';
import type { OperationStanding } from './operation-runs.ts';

const usual: Pace = {
  canary: null,
  isJudged: true,
  isLast: false,
  perSecond: 250,
  hasOutcomes: true,
  beginsAtOnce: true,
};
const canary: Partial<Pace> = { canary: 3, isJudged: false };
const last: Partial<Pace> = { isLast: true };
const begun: OperationStanding = { wanted: true, succeeded: 0, failed: 0, outstanding: 0 };
const end = (how: 'cancelled' | 'stopped' | 'done'): Step => ({ do: 'end', end: how });
const release = (most: number): Step => ({ do: 'release', most });
const judge: Step = { do: 'judge' };
const wait: Step = { do: 'wait' };

describe('what an operation does next', () => {
  it.each<[string, Partial<Pace>, Partial<OperationStanding>, Step]>([
    ['begins with as many as come in a tenth of a second', { perSecond: 123 }, {}, release(13)],
    ['begins with one where that is less than one', { perSecond: 1 }, {}, release(1)],
    ['begins with no more than a page', { perSecond: 100_000 }, {}, release(50)],
    ['has no more running than come in two seconds', {}, { outstanding: 490 }, release(10)],
    ['waits when as many run', {}, { outstanding: 500 }, wait],
    ['has a page running also where it is slow', { perSecond: 1 }, { outstanding: 49 }, release(1)],
    ['begins with all where they wait for their turn', { beginsAtOnce: false }, { outstanding: 9_999 }, release(25)],
    ['goes on after failures', {}, { failed: 7, succeeded: 3 }, release(25)],
    ['is cancelled, whatever else is known', { ...canary, ...last }, { wanted: false, failed: 1 }, end('cancelled')],
    ['is done when the last has ended', last, { succeeded: 9, failed: 1 }, end('done')],
    ['waits for the last to end', last, { outstanding: 1 }, wait],
    ['waits for no outcome where there is none', { ...last, hasOutcomes: false }, { outstanding: 1 }, end('done')],
    ['begins with the canary alone', canary, {}, release(3)],
    ['completes the canary', canary, { succeeded: 1, outstanding: 1 }, release(1)],
    ['waits for the canary', canary, { succeeded: 1, outstanding: 2 }, wait],
    ['stops when one of the canary fails', canary, { succeeded: 2, failed: 1 }, end('stopped')],
    [
      'stops when the last one of all fails, which is of the canary',
      { ...canary, ...last },
      { failed: 1 },
      end('stopped'),
    ],
    ['judges the canary when all of it has succeeded', canary, { succeeded: 3 }, judge],
    ['judges a canary that is smaller than wanted', { ...canary, ...last }, { succeeded: 2 }, judge],
    ['waits for the rest of a smaller one', { ...canary, ...last }, { succeeded: 1, outstanding: 1 }, wait],
    ['goes on when it is judged', { ...canary, isJudged: true }, { succeeded: 3 }, release(25)],
  ])('%s', (_, pace, standing, step) => {
    expect(nextStep({ ...usual, ...pace }, { ...begun, ...standing })).toEqual(step);
  });
});
