import { describe, expect, it } from '@jest/globals';
import { isJsonObject, nestsDeeperThan } from './json.ts';

describe('the nesting depth of a JSON text', () => {
  it.each([
    ['', 0],
    ['1', 0],
    ['"text"', 0],
    ['{}', 1],
    ['[]', 1],
    ['[[],[[]]]', 3],
    ['{"a":{"b":[{"c":1}]}}', 4],
    ['[1,[2],[3,[4]],5]', 3],
    ['"[[[{{{"', 0],
    ['{"[[[":"]]]"}', 1],
    [String.raw`["\"[[["]`, 1],
    [String.raw`["\\",[1]]`, 2],
    [String.raw`["\\\"[[[[",[1]]`, 2],
    ['["äöü[",["👍"]]', 2],
    // Not JSON, but checked before that is known.
    ['[[[', 3],
    ['"[[[', 0],
    ['"\\', 0],
  ])('of %s is %d', (text, depth) => {
    const levels = Array.from({ length: 6 }, (_, level) => level);
    expect(levels.filter((level) => nestsDeeperThan(level, text))).toEqual(levels.slice(0, depth));
  });

  it('is found without recursion, whatever it is', () => {
    expect(nestsDeeperThan(999_999, '['.repeat(1_000_000))).toBe(true);
    expect(nestsDeeperThan(1_000_000, '['.repeat(1_000_000))).toBe(false);
  });
});

describe('a JSON object', () => {
  it('is neither null nor a list nor a plain value', () => {
    expect([{}, { a: 1 }].map(isJsonObject)).toEqual([true, true]);
    expect([null, [], 'x', 1, true, undefined].map(isJsonObject)).toEqual(Array(6).fill(false));
  });
});
