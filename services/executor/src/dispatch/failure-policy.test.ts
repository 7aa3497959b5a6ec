import { describe, expect, it } from '@jest/globals';
import type { FailurePolicy } from '#contracts';
import { stopsOthers } from './failure-policy.ts';

describe('what the failure of a handler means for those after it', () => {
  it.each<[policy: FailurePolicy, stops: boolean]>([
    ['stop', true],
    ['continue', false],
    ['detach', false],
  ])('onFailure %s: stops them %s', (onFailure, expected) => {
    expect(stopsOthers({ onFailure })).toBe(expected);
  });

  it('of one that is no longer there stops them', () => {
    expect(stopsOthers(undefined)).toBe(true);
  });
});
