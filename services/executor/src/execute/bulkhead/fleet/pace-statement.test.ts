import { describe, expect, it } from '@jest/globals';
import { slotTime } from './pace-statement.ts';

const times = (perSecond: number, burst: number, grant: { at: number; from: number }, count: number) =>
  Array.from({ length: count }, (_, index) => slotTime({ perSecond, burst }, grant, index));

describe('the times of slots', () => {
  it.each<[string, number[], number[]]>([
    ['are evenly apart', times(10, 1, { at: 1_000, from: 1_000 }, 3), [1_000, 1_100, 1_200]],
    ['begin when the last slot of others is due', times(10, 1, { at: 1_000, from: 1_150 }, 2), [1_150, 1_250]],
    [
      'are at once as far as the burst goes',
      times(10, 3, { at: 1_000, from: 1_000 }, 5),
      [1_000, 1_000, 1_000, 1_100, 1_200],
    ],
    ['are ahead by what is left of the burst', times(10, 3, { at: 1_000, from: 1_150 }, 3), [1_000, 1_050, 1_150]],
    ['have at least a burst of one', times(10, 0.5, { at: 1_000, from: 1_000 }, 2), [1_000, 1_100]],
    ['may be minutes apart', times(0.01, 1, { at: 0, from: 0 }, 2), [0, 100_000]],
  ])('%s', (_, given, expected) => expect(given).toEqual(expected));
});
