import { describe, expect, it } from '@jest/globals';
import { isAsShown, onlyLooks } from './shown.ts';

describe('what a document shows', () => {
  it.each([
    ['created A (…), priority 1', 'created A (0193), priority 1\n', true],
    ['created A (…), priority 1', 'created A (0193), priority 2\n', false],
    ['KEY  SINCE\n14  …', 'KEY     SINCE\n14      now and then\n', true],
    ['one\n…\nfour', 'one\ntwo\nthree\nfour\n', true],
    ['one\n…\nfour', 'one\nfour', true],
    ['one\n…\nfour', 'one\ntwo\n', false],
    ['one', 'one\ntwo\n', false],
    ['a.c?', 'abc\n', false],
    ['… ms', '12 ms', true],
  ])('%j and %j', (shown, printed, expected) => {
    expect(isAsShown(shown, printed)).toBe(expected);
  });

  it('is waited for when the commands only look', () => {
    expect(onlyLooks('provisor events show first\nprovisor logs --limit 3')).toBe(true);
    expect(onlyLooks('provisor events show first\nprovisor deferrals retry 14')).toBe(false);
  });
});
