import { describe, expect, it } from '@jest/globals';
import { ForeignOrigin } from './access-errors.ts';
import { refuseForeignOrigin, refuseOtherPages } from './origin.ts';

const request = (headers: Record<string, string>, host: string, method = 'POST') => ({ method, headers, host });

describe('a change that comes with a session', () => {
  it.each([
    [{ origin: 'https://provisor.example' }, 'provisor.example'],
    [{ origin: 'https://provisor.example' }, 'provisor.example:443'],
    [{ origin: 'http://127.0.0.1:3000' }, '127.0.0.1:3000'],
    [{ origin: 'http://[::1]:3000' }, '[::1]:3000'],
    [{ 'sec-fetch-site': 'same-origin' }, 'provisor.example'],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://PROVISOR.example' }, 'provisor.example'],
  ])('is taken with %j on %s', (headers, host) => {
    expect(() => refuseForeignOrigin(request(headers, host))).not.toThrow();
  });

  it.each([
    [{}, 'provisor.example'],
    [{ origin: 'https://evil.example' }, 'provisor.example'],
    [{ origin: 'https://provisor.example.evil.example' }, 'provisor.example'],
    [{ origin: 'https://evil.example?provisor.example' }, 'provisor.example'],
    [{ origin: 'http://127.0.0.1:4000' }, '127.0.0.1:3000'],
    [{ origin: 'null' }, 'provisor.example'],
    [{ origin: '' }, 'provisor.example'],
    [{ origin: '' }, ''],
    [{ 'sec-fetch-site': 'same-site' }, 'provisor.example'],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://provisor.example' }, 'provisor.example'],
    [{ 'sec-fetch-site': 'none' }, 'provisor.example'],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, 'provisor.example'],
  ])('is refused with %j on %s', (headers, host) => {
    expect(() => refuseForeignOrigin(request(headers, host))).toThrow(ForeignOrigin);
  });

  it('is none when it only reads', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect(() => refuseForeignOrigin(request({ origin: 'https://evil.example' }, 'x', method))).not.toThrow();
    }
  });
});

describe('a request that needs no session', () => {
  it('is refused only when a page of another site makes it', () => {
    expect(() => refuseOtherPages(request({}, 'provisor.example'))).not.toThrow();
    expect(() => refuseOtherPages(request({ origin: 'https://evil.example' }, 'provisor.example'))).toThrow(
      ForeignOrigin,
    );
  });
});
