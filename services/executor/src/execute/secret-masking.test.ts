import { describe, expect, it } from '@jest/globals';
import { Redaction } from '#redaction';
import { mask, masked, SecretMasking, spellings } from './secret-masking.ts';
import { permanent, success, type AttemptResult } from '../call/outcome.ts';

const answered = (body: string, truncated = false): AttemptResult => ({
  outcome: success,
  reached: 'yes',
  response: { http: { status: 200, headers: {}, body, truncated } },
});
const bodyOf = (result: AttemptResult): string => result.response.http!.body;

describe('what is to be hidden', () => {
  it.each([
    ['Bearer s3cret/1"2', 's3cret/1"2'],
    ['Bearer s3cret/1"2', JSON.stringify({ token: 's3cret/1"2' })],
    ['Bearer s3cret/1"2', `https://host/?token=${encodeURIComponent('s3cret/1"2')}`],
    [`Basic ${btoa('ada:pass:word')}`, `the user ada:pass:word is unknown`],
    [`Basic ${btoa('ada:pass:word')}`, `wrong password pass:word`],
    [`Basic ${btoa('ada:pass:word')}`, btoa('ada:pass:word')],
    ['Bearer s3cret<&>"x', '<a>s3cret&lt;&amp;&gt;"x</a><b c="s3cret&#60;&#38;&#62;&#34;x"/>'],
  ])('of %j is known again in %j', (secret, text) => {
    const rest = mask(answered(text), spellings(secret));
    expect(bodyOf(rest)).toContain('***');
    expect(bodyOf(rest)).not.toMatch(/s3cret|pass:word|cGFzczp3b3Jk/);
  });

  it('is taken out of bodies, headers, output and messages, and nothing else is', () => {
    const result: AttemptResult = {
      outcome: permanent('exit_code', 'ended with 1: planted-text'),
      reached: 'yes',
      response: {
        http: {
          status: 401,
          headers: { 'x-echo': 'a planted-text b' },
          body: 'planted-text, twice: planted-text',
          truncated: false,
        },
        script: { exitCode: 1, signal: null, stdout: 'out planted-text', stderr: 'err planted-text', truncated: false },
      },
    };
    expect(mask(result, spellings('planted-text'))).toEqual({
      outcome: permanent('exit_code', 'ended with 1: ***'),
      reached: 'yes',
      response: {
        http: { status: 401, headers: { 'x-echo': 'a *** b' }, body: '***, twice: ***', truncated: false },
        script: { exitCode: 1, signal: null, stdout: 'out ***', stderr: 'err ***', truncated: false },
      },
    });
  });

  it('is hidden also where the answer was cut within it', () => {
    const hidden = spellings('planted-text');
    expect(bodyOf(mask(answered('echo planted-t', true), hidden))).toBe('echo ***');
    expect(bodyOf(mask(answered('echo planted-t'), hidden))).toBe('echo planted-t');
    expect(bodyOf(mask(answered('echo plant', true), hidden))).toBe('echo plant');
  });

  it('is taken whole before its parts', () => {
    expect(masked('Bearer planted, Bearer planted-text', spellings('Bearer planted-text').concat('planted'))).toBe(
      'Bearer ***, ***',
    );
  });

  it('is not looked for when it is so short that it turns up by chance', () => {
    expect(spellings('Bearer 12345')).toEqual(['Bearer 12345', 'Bearer%2012345']);
    expect(spellings('')).toEqual([]);
  });

  it('costs nothing where there is nothing', () => {
    const result = answered('as it was');
    expect(mask(result)).toBe(result);
    expect(mask(result, [])).toBe(result);
  });
});

describe('a kept value', () => {
  const masking = new SecretMasking(new Redaction(['token']));
  const marksOf = (body: string, values: Record<string, string>, headers = {}): readonly string[] => {
    const result: AttemptResult = {
      ...answered(body),
      response: { http: { status: 200, headers, body, truncated: false } },
    };
    const kept = { name: 'Create', values: JSON.stringify(values) };
    const sources = Object.keys(values).map((name) => [name, 'response.text'] as const);
    return masking.marked(kept, sources, result, ['kept earlier']).redacted ?? [];
  };

  it.each([
    ['JSON', '{"token":"planted\\"text","id":"planted"}'],
    ['XML', '<a><b:token xmlns:b="b">planted&quot;text</b:token><id>planted</id></a>'],
    ['CDATA', '<a><token><![CDATA[planted"text]]></token></a>'],
    ['an attribute', '<a token="planted&quot;text"/>'],
    ['an attribute beside an element', '<a token="planted&quot;text"><token/></a>'],
    ['elements', '<a><token><x>1</x><x>planted"text</x></token></a>'],
  ])('is marked when it has the text of a redacted field of %s', (_, body) => {
    const values = { whole: 'planted"text', within: 'is planted"text.', other: 'planted', earlier: 'kept earlier' };
    expect(marksOf(body, values)).toEqual(['whole', 'within', 'earlier']);
  });

  it('is marked when an attachment comes with the answer', () => {
    const body = '--b\r\n\r\n<a><token>planted-text</token></a>\r\n--b\r\n\r\nx\r\n--b--';
    expect(marksOf(body, { it: 'planted-text' }, { 'content-type': 'multipart/related; boundary=b' })).toEqual(['it']);
  });
});
