import { describe, expect, it } from '@jest/globals';
import { BadValue } from './parsers.ts';
import { ofScripts } from './script-limits.ts';

describe('the folders of scripts', () => {
  it('are not taken with a ~, which only shells replace', () => {
    for (const value of ['~', '~/scripts', '/srv/scripts:~provisor/scripts']) {
      expect(() => ofScripts.SCRIPTS_DIRS.parse(value)).toThrow(BadValue);
    }
    expect(ofScripts.SCRIPTS_DIRS.parse('/srv/a~b:scripts')).toEqual(['/srv/a~b', 'scripts']);
  });
});
