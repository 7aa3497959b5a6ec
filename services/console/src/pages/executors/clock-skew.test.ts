import { describe, expect, it } from '@jest/globals';
import { isNotable, skewInWords } from './clock-skew.ts';

describe('the clock of an executor', () => {
  it('is in step up to a second', () => {
    expect([0, 999, -999, 1_000, -1_000].map(isNotable)).toEqual([false, false, false, true, true]);
  });

  it('is shown with how far it is ahead or behind', () => {
    expect(skewInWords(300_400)).toBe('5 min ahead');
    expect(skewInWords(-1_499)).toBe('1 s behind');
  });
});
