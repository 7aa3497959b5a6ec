import { describe, expect, it } from '@jest/globals';
import { labelledPlaces, ticksUpTo } from './scale.ts';

describe('a scale', () => {
  it.each<[greatest: number, leastStep: number, ticks: number[]]>([
    [0, 1, [0, 1]],
    [1, 1, [0, 1]],
    [2, 1, [0, 1, 2]],
    [7, 1, [0, 5, 10]],
    [30, 1, [0, 10, 20, 30]],
    [31, 1, [0, 20, 40]],
    [184.2, 0, [0, 100, 200]],
    [0.3, 0, [0, 0.1, 0.2, 0.3]],
    [4_000, 0, [0, 2_000, 4_000]],
  ])('up to %d in steps of %d or more is marked at round values', (greatest, leastStep, ticks) => {
    const marked = ticksUpTo(greatest, leastStep);
    expect(marked).toHaveLength(ticks.length);
    marked.forEach((tick, index) => expect(tick).toBeCloseTo(ticks[index]!, 9));
  });
});

describe('the moments below a chart', () => {
  const from = (hour: number, minute: number, count: number, stepMinutes: number): Date[] =>
    Array.from({ length: count }, (_, index) => new Date(2026, 2, 1, hour, minute + index * stepMinutes));

  it('of an hour are quarters of the clock, not of the hour shown', () => {
    expect(labelledPlaces(from(9, 7, 60, 1), 6)).toEqual([3, 13, 23, 33, 43, 53]);
    expect(labelledPlaces(from(9, 7, 60, 1), 4)).toEqual([8, 23, 38, 53]);
  });

  it('of a day are hours, and fewer where there is less room', () => {
    expect(labelledPlaces(from(9, 0, 24, 60), 8)).toEqual([0, 3, 6, 9, 12, 15, 18, 21]);
    expect(labelledPlaces(from(10, 0, 24, 60), 4)).toEqual([2, 8, 14, 20]);
  });

  it('of none are none', () => {
    expect(labelledPlaces([], 5)).toEqual([]);
  });
});
