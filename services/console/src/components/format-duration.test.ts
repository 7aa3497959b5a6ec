import { expect, it } from '@jest/globals';
import { formatDuration } from './format-duration.ts';

it.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [1_000, '1 s'],
  [1_250, '1.25 s'],
  [59_994, '59.99 s'],
  [59_996, '1 min'],
  [185_000, '3 min 5 s'],
  [3_599_700, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_390_000, '1 d'],
  [187_200_000, '2 d 4 h'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
