import { describe, expect, it } from '@jest/globals';
import type { Figure } from '../figure.ts';
import { guardedRatios, judge } from './guard.ts';
import { noisyRatio } from './noise.ts';

const figure = (ours: number[], reference: number[], guarded: Figure['guarded'] = 'higher'): Figure => ({
  name: 'speed',
  unit: 'events/s',
  ours: { name: 'ours', runs: ours },
  reference: { name: 'reference', runs: reference },
  guarded,
});
/** Turns whose ratios are these. */
const ratios = (...values: number[]): Figure => figure(values, Array<number>(values.length).fill(1));
const verdictOf = (before: Figure, now: Figure): string | undefined => {
  const guarded = now.guarded;
  return judge({ bench: [now] }, guardedRatios({ bench: [{ ...before, ...(guarded && { guarded }) }] }))[0]?.verdict;
};

describe('the noise of a ratio', () => {
  it('is looked at turn by turn: what slows both down is not in it', () => {
    const { ratio, error } = noisyRatio(figure([50, 100, 25], [100, 200, 50]));
    expect(ratio).toBe(0.5);
    expect(error).toBeCloseTo(0, 12);
  });

  it('is the standard error of the median', () => {
    const deviation = Math.log(2);
    expect(noisyRatio(ratios(0.5, 1, 2)).error).toBeCloseTo((deviation * Math.sqrt(Math.PI / 2)) / Math.sqrt(3), 12);
  });

  it('is not known of one turn', () => expect(noisyRatio(ratios(1)).error).toBeUndefined());

  it('cannot be had of runs that were not made in turns', () => {
    expect(() => noisyRatio(figure([1, 2], [1]))).toThrow(RangeError);
    expect(() => noisyRatio(figure([], []))).toThrow(RangeError);
  });
});

describe('the guard', () => {
  it('holds when nothing has changed', () => {
    expect(verdictOf(ratios(0.7, 0.71, 0.72), ratios(0.7, 0.71, 0.72))).toBe('held');
  });

  it('does not mind a tenth', () => expect(verdictOf(ratios(1, 1, 1), ratios(0.91, 0.91, 0.91))).toBe('held'));

  it('says that a steady ratio fell by more than a tenth', () => {
    expect(verdictOf(ratios(1, 1, 1), ratios(0.89, 0.89, 0.89))).toBe('fell');
  });

  it('does not mind that it rose', () => expect(verdictOf(ratios(1, 1, 1), ratios(2, 2, 2))).toBe('held'));

  it('does not call noise a fall, whichever of the two it is in', () => {
    const steady = ratios(1, 1, 1, 1, 1);
    const noisy = [0.75, 0.85, 0.88, 0.95, 1];
    expect(verdictOf(steady, ratios(...noisy))).toBe('held');
    expect(verdictOf(ratios(...noisy.map((value) => value / 0.88)), ratios(0.88, 0.88, 0.88))).toBe('held');
  });

  it('says that it cannot tell when a serious fall could be noise', () => {
    expect(verdictOf(ratios(0.5, 1, 2), ratios(0.5, 1, 2))).toBe('unsure');
  });

  it('sees a collapse through any noise', () => {
    expect(verdictOf(ratios(0.8, 1, 1.25), ratios(0.08, 0.1, 0.12))).toBe('fell');
  });

  it('of something that is to be low says that it fell when it rose', () => {
    const one = [1, 1, 1];
    expect(verdictOf(ratios(...one), figure([1.2, 1.2, 1.2], one, 'lower'))).toBe('fell');
    expect(verdictOf(ratios(...one), figure([0.5, 0.5, 0.5], one, 'lower'))).toBe('held');
  });

  it('calls nothing short of a serious fall one when there was a single turn', () => {
    expect(verdictOf(ratios(1), ratios(0.7))).toBe('held');
    expect(verdictOf(ratios(1), ratios(0.5))).toBe('fell');
  });

  it('says what was never recorded, and looks at guarded figures only', () => {
    const other = { ...ratios(0.1), name: 'other' };
    const { guarded, ...unguarded } = other;
    expect(guarded).toBe('higher');
    const findings = [ratios(1), unguarded, { name: 'gone', leftOut: 'not here' }];
    expect(judge({ bench: findings }, {})).toEqual([
      { name: 'bench: speed', verdict: 'not recorded', now: { ratio: 1, error: undefined, turns: 1 } },
    ]);
  });

  it('tells how far it fell and how far it might have', () => {
    const [judgement] = judge({ bench: [ratios(0.6, 0.6)] }, guardedRatios({ bench: [ratios(0.8, 0.8)] }));
    expect(judgement?.loss).toBeCloseTo(0.25, 12);
    expect(judgement?.allowance).toBe(0.1);
  });
});
