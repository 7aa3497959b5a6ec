import { describe, expect, it } from '@jest/globals';
import { timeScale } from './timeline.ts';

const hour = 3_600_000;

describe('the scale of time of a chain', () => {
  it('is even where something is called, also by several at once', () => {
    const { at, cuts } = timeScale([
      { begin: 1_000, end: 1_100 },
      { begin: 1_050, end: 1_200 },
    ]);
    expect([1_000, 1_050, 1_100, 1_200].map(at)).toEqual([0, 0.25, 0.5, 1]);
    expect(cuts).toEqual([]);
  });

  it('shows a short wait as it is, and cuts a long one short', () => {
    const calls = [
      { begin: 0, end: 100 },
      { begin: 110, end: 200 },
      { begin: 200 + hour, end: 300 + hour },
    ];
    const { at, cuts } = timeScale(calls);
    expect(cuts).toEqual([{ begin: 200, end: 200 + hour }]);
    const wait = 290 * 0.15;
    const total = 300 + wait;
    expect(at(110) - at(100)).toBeCloseTo(10 / total);
    expect(at(200 + hour) - at(200)).toBeCloseTo(wait / total);
    expect(at(200 + hour / 2)).toBeCloseTo((200 + wait / 2) / total);
    expect([at(0), at(300 + hour)]).toEqual([0, 1]);
  });

  it('leaves most of its room to the calls, however many waits there are', () => {
    const calls = Array.from({ length: 51 }, (_, n) => ({ begin: n * hour, end: n * hour + 10 }));
    const { at } = timeScale(calls);
    const ofCalls = calls.reduce((sum, { begin, end }) => sum + at(end) - at(begin), 0);
    expect(ofCalls).toBeCloseTo(1 / 1.6);
  });

  it('stands calls that took no time, and none at all', () => {
    const { at } = timeScale([
      { begin: 5, end: 5 },
      { begin: 5 + hour, end: 5 + hour },
    ]);
    expect(at(5 + hour)).toBeGreaterThan(at(5));
    expect(timeScale([]).at(7)).toBe(0);
  });
});
