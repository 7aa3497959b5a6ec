import { describe, expect, it } from '@jest/globals';
import { masked } from './masking.ts';

describe('masked', () => {
  it.each([
    'authorization',
    'Proxy-Authorization',
    'cookie',
    'Set-Cookie',
    'x-api-key',
    'X-ApiKey',
    'x-auth-token',
    'client_secret',
    'password',
    'DB_PASSWD',
    'credentials',
  ])('hides the value of %s', (name) => {
    expect(masked({ task: { headers: { [name]: 'planted', accept: '*/*' } } })).toEqual({
      task: { headers: { [name]: '***', accept: '*/*' } },
    });
  });

  it.each([
    ['http://user:planted@host/a?b=1', 'http://***:***@host/a?b=1'],
    ['https://planted@host/', 'https://***@host/'],
    ['https://host/a?x=1&access_token=planted', 'https://host/a?x=1&access_token=***'],
    ['http://127.0.0.1:5000/api', 'http://127.0.0.1:5000/api'],
    ['HTTP://Host/A b', 'HTTP://Host/A b'],
    ['mailto:user@host', 'mailto:user@host'],
    ['not a url://user:planted@', 'not a url://user:planted@'],
  ])('hides what gives access in %s', (url, expected) => {
    expect(masked({ url, list: [url] })).toEqual({ url: expected, list: [expected] });
  });

  it('leaves the rest as JSON has it', () => {
    const at = new Date('2026-03-01T09:15:00Z');
    const value = { at, n: 1, yes: true, nothing: null, left: undefined, list: [1, { token: 2 }], partitionKey: '7' };
    expect(masked(value)).toEqual({
      at: '2026-03-01T09:15:00.000Z',
      n: 1,
      yes: true,
      nothing: null,
      list: [1, { token: '***' }],
      partitionKey: '7',
    });
    expect(masked({ password: '', token: null })).toEqual({ password: '', token: null });
    expect(masked(null)).toBeNull();
  });
});
