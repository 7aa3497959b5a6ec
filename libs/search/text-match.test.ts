import { describe, expect, it } from '@jest/globals';
import type { AttemptResponse } from '#contracts';
import { defaultRedactedFields, Redaction } from '#redaction';
import { TextMatch } from './text-match.ts';

const redaction = new Redaction(defaultRedactedFields);

const http = (body: string): AttemptResponse => ({
  http: { status: 500, headers: { server: 'nginx' }, body, truncated: false },
});

function matches(text: string, message: string | null, response: AttemptResponse = {}): boolean {
  return new TextMatch(text, redaction).matches({ message, response: JSON.stringify(response) });
}

describe('a text matches', () => {
  it.each([
    ['a message', 'no such user', 'upstream says: No Such User 12'],
    ['letters of any alphabet, whatever their case', 'ÜBERLAUF КЛЮЧ', 'überlauf ключ'],
    ['what would be an expression', 'a.b (x) [1] {2} $^|?*+/\\', 'A.B (x) [1] {2} $^|?*+/\\'],
  ])('%s', (_, text, message) => expect(matches(text, message)).toBe(true));

  it('the body of an answer, with quotes and backslashes', () => {
    const response = http('{"error":"no \\"such\\" user"}');
    expect(matches('"error":"NO', null, response)).toBe(true);
    expect(matches('\\"such\\"', null, response)).toBe(true);
    expect(matches('user"}', null, response)).toBe(true);
  });

  it('what a script printed', () => {
    const script = { exitCode: 1, signal: null, stdout: 'out', stderr: 'Traceback', truncated: false };
    expect(matches('OUT', null, { script })).toBe(true);
    expect(matches('traceback', null, { script })).toBe(true);
  });

  it('only texts: not names, headers, or what stands between two texts', () => {
    const response = http('fine');
    for (const text of ['body', 'truncated', 'nginx', '500', 'fine","'])
      expect(matches(text, null, response)).toBe(false);
    expect(matches('.', 'x')).toBe(false);
    expect(matches('x', null)).toBe(false);
  });
});

describe('a redacted value', () => {
  const hidden = 'hunter2';
  const texts = [
    `password=${hidden}`,
    `{"user":"u","password":"${hidden}"}`,
    `{"payload":"{\\"token\\":\\"${hidden}\\"}"}`,
    `authorization: Bearer ${hidden}`,
    `{'pin': '${hidden}'`,
  ];

  it.each(texts)('is not found in %s, in whole or in part', (text) => {
    for (const part of [hidden, 'hunter', 'r2', `=${hidden}`, `"${hidden}`, `r ${hidden}`]) {
      expect(matches(part, text)).toBe(false);
      expect(matches(part, null, http(text))).toBe(false);
    }
  });

  it('does not keep the rest of its text from being found', () => {
    expect(matches('no such user', `no such user, password=${hidden}`)).toBe(true);
    expect(matches(hidden, `password=${hidden} of ${hidden}`)).toBe(true);
  });

  it('is found where nothing is redacted', () => {
    const open = new TextMatch(hidden, new Redaction([]));
    expect(open.matches({ message: texts[0]!, response: '{}' })).toBe(true);
  });
});
