import { describe, expect, it } from '@jest/globals';
import { answerIn, withTexts, type AttemptResponse, type TextChange } from './attempt-response.ts';

const http = { status: 401, headers: { 'x-echo': 'a' }, body: 'b', truncated: true };
const script = { exitCode: 1, signal: null, stdout: 'out', stderr: 'err', truncated: false };

describe('the answer to an attempt', () => {
  it('stands below the type of the task that got it', () => {
    expect(answerIn({ http })).toEqual({ type: 'http', answer: http });
    expect(answerIn({ script })).toEqual({ type: 'script', answer: script });
    expect(answerIn({})).toBeUndefined();
  });

  it.each<[AttemptResponse, AttemptResponse]>([
    [{ http }, { http: { ...http, headers: { hidden: '1' }, body: '<b, true>' } }],
    [{ script }, { script: { ...script, stdout: '<out, false>', stderr: '<err, false>' } }],
    [{}, {}],
  ])('of %j is changed in its texts, and in nothing else', (response, expected) => {
    const change: TextChange = {
      text: (text, truncated) => `<${text}, ${truncated}>`,
      headers: (headers) => ({ hidden: String(Object.keys(headers).length) }),
    };
    expect(withTexts(response, change)).toEqual(expected);
  });
});
