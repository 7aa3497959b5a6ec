import { describe, expect, it } from '@jest/globals';
import { grantedToken } from './token-answer.ts';

const answer = (status: number, content: unknown, truncated = false) =>
  grantedToken({ status, body: { text: typeof content === 'string' ? content : JSON.stringify(content), truncated } });
const token = { access_token: 'abc.def', token_type: 'Bearer' };

describe('the answer of a token endpoint', () => {
  it.each<[string, object, number]>([
    ['says how long the token is valid', { expires_in: 3600 }, 3_600_000],
    ['may say it as a string', { expires_in: '90' }, 90_000],
    ['may leave it open', {}, 300_000],
    ['may say what is no number', { expires_in: 'soon' }, 300_000],
    ['may say null', { expires_in: null }, 300_000],
    ['may say nothing', { expires_in: '' }, 300_000],
    ['may be of a token that ends at once', { expires_in: 0 }, 1_000],
    ['may be of a token that has ended', { expires_in: -5 }, 1_000],
    ['may be of a token that never ends', { expires_in: 1e15 }, 30 * 86_400_000],
    ['may have the type in any case', { token_type: 'bearer' }, 300_000],
    ['may leave the type out', { token_type: undefined }, 300_000],
  ])('%s', (_, fields, lifetimeMs) =>
    expect(answer(200, { ...token, ...fields })).toEqual({ token: 'abc.def', lifetimeMs }),
  );

  it.each<[string, number, unknown, string, boolean?]>([
    ['no JSON', 200, '<html>', 'answered with something that is no JSON object'],
    ['a list', 200, [token], 'answered with something that is no JSON object'],
    ['no token', 200, { token_type: 'Bearer' }, 'answered without access_token'],
    ['an empty token', 200, { access_token: '' }, 'answered without access_token'],
    ['a token that is a number', 200, { access_token: 7 }, 'answered without access_token'],
    [
      'a token with a line break',
      200,
      { access_token: 'a\r\nx-evil: 1' },
      'answered with an access_token that cannot be sent in a header',
    ],
    [
      'a token of another kind',
      200,
      { ...token, token_type: 'mac' },
      'answered with a token that is not of type Bearer',
    ],
    ['too much', 200, '{"access_token":"', 'answered with more than it takes to say a token', true],
    ['a refusal', 401, { error: 'invalid_client', error_description: 'secret xyz' }, 'answered 401 (invalid_client)'],
    ['a refusal in words that may be secret', 400, { error: 'Secret xyz is wrong' }, 'answered 400'],
    ['a refusal that is no JSON', 503, 'sorry', 'answered 503'],
    ['a redirect', 302, '', 'answered 302; redirects are not followed'],
  ])('with %s holds no token', (_, status, content, fault, truncated = false) => {
    expect(answer(status, content, truncated)).toBe(fault);
  });
});
