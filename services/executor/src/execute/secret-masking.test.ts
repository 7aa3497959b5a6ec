import { describe, expect, it } from '@jest/globals';
import { mask, masked, spellings } from './secret-masking.ts';
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
