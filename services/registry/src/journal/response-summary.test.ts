import { describe, expect, it } from '@jest/globals';
import type { AttemptResponse } from '#contracts';
import { Redaction } from '#redaction';
import { responseSummary } from './response-summary.ts';

const redaction = new Redaction(['pin']);
const summary = (response: AttemptResponse, message: string | null = null): string =>
  responseSummary(response, message, redaction);
const script = (exitCode: number | null, stdout: string, stderr: string): string =>
  summary({ script: { exitCode, signal: exitCode === null ? 'SIGKILL' : null, stdout, stderr, truncated: false } });

describe('an answer in a line', () => {
  it.each<[number | null, string, string, string]>([
    [0, 'added 12\n', 'a warning', 'exit 0 added 12'],
    [0, ' \n', 'a warning', 'exit 0 a warning'],
    [1, 'adding 12\n', 'no\n room', 'exit 1 no room'],
    [1, 'no room', '', 'exit 1 no room'],
    [null, 'adding 12', 'no room', 'signal SIGKILL no room'],
    [0, '', '', 'exit 0'],
  ])('of a script that ended with %s, printed %j and said %j is %j', (exitCode, stdout, stderr, expected) => {
    expect(script(exitCode, stdout, stderr)).toBe(expected);
  });

  it('of a target is the status and the body, without values of redacted fields', () => {
    const body = '<a><pin><![CDATA[1234]]></pin></a>';
    expect(summary({ http: { status: 200, headers: {}, body, truncated: false } })).toBe('200 <a><pin>***</pin></a>');
  });

  it('is what went wrong where there is none', () => {
    expect(summary({}, 'pin=1234, connection refused')).toBe('pin=***, connection refused');
  });

  it('is shortened', () => expect(script(0, 'x'.repeat(500), '')).toHaveLength(200));
});
