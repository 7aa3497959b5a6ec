import { expect, it } from '@jest/globals';
import { successRate } from './success-rate.ts';

it.each([
  [0, 0, undefined],
  [3, 0, '100 %'],
  [0, 3, '0 %'],
  [2, 1, '66.7 %'],
  [99_999, 1, '99.9 %'],
  [1, 99_999, '0.1 %'],
])('%d that succeeded and %d that failed are %s', (succeeded, failed, rate) => {
  expect(successRate({ succeeded, failed })).toBe(rate);
});
