import { describe, expect, it } from '@jest/globals';
import { ifMatch, isKnownVersion } from './version-condition.ts';

describe('If-Match', () => {
  it.each([
    [undefined, true],
    ['*', true],
    ['"3"', true],
    ['3', true],
    ['"1", "3"', true],
    ['W/"3"', false],
    ['"33"', false],
    ['"03"', false],
    ['', false],
  ])('%s against version 3: %s', (header, expected) => {
    expect(ifMatch(header)(3)).toBe(expected);
  });
});

describe('If-None-Match', () => {
  it.each([
    [undefined, false],
    ['*', true],
    ['"3"', true],
    ['W/"3"', true],
    ['"2", W/"3"', true],
    ['"2"', false],
    ['', false],
  ])('%s against version 3: %s', (header, expected) => {
    expect(isKnownVersion(header, 3)).toBe(expected);
  });
});
