import { describe, expect, it } from '@jest/globals';
import { rangesOf, revisionInWords } from './revision-words.ts';

describe('the revision in words', () => {
  const executor = (inForce: boolean) => ({ id: 'e', host: 'h', revision: 1, revisionAt: '', inForce });
  it.each([
    [[], 'No executor is running'],
    [[true], 'The executor runs revision 42'],
    [[true, true], 'Both executors run revision 42'],
    [[true, true, true], 'All 3 executors run revision 42'],
    [[true, false, true], '1 of 3 executors does not run revision 42 yet'],
    [[false, false], '2 of 2 executors do not run revision 42 yet'],
  ])('of %j: %s', (inForce, words) => {
    expect(
      revisionInWords({
        revision: 42,
        searchFields: [],
        partitions: 16,
        changedAt: '',
        executors: inForce.map(executor),
      }),
    ).toBe(words);
  });
});

describe('ranges', () => {
  it.each([
    [[], ''],
    [[4], '4'],
    [[0, 1, 2, 3], '0–3'],
    [[0, 1, 4, 6, 7, 15], '0–1, 4, 6–7, 15'],
  ])('of %j are %s', (numbers, ranges) => {
    expect(rangesOf(numbers)).toBe(ranges);
  });
});
