import { expect, it } from '@jest/globals';
import { rangesOf } from './ranges.ts';

it.each([
  [[], ''],
  [[5], '5'],
  [[0, 1, 2, 3], '0-3'],
  [[9, 7, 8, 1, 3], '1 3 7-9'],
])('partitions %j are shown as "%s"', (numbers, text) => {
  expect(rangesOf(numbers)).toBe(text);
});
