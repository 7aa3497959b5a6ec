import { beforeEach, describe, expect, it } from '@jest/globals';
import type { GrantedToken } from './token-answer.ts';
import { NoToken, TokenSource } from './token-source.ts';

describe('the access token of a target', () => {
  let now: number;
  let requests: PromiseWithResolvers<GrantedToken>[];
  let source: TokenSource;

  beforeEach(() => {
    now = 0;
    requests = [];
    source = new TokenSource(
      () => {
        const request = Promise.withResolvers<GrantedToken>();
        requests.push(request);
        return request.promise;
      },
      () => now,
    );
  });

  const grant = async (token: string, lifetimeMs = 100_000) => {
    requests.at(-1)!.resolve({ token, lifetimeMs });
    await settled();
  };
  const fail = async (fault = new NoToken('away')) => {
    requests.at(-1)!.reject(fault);
    await settled();
  };
  /** What follows an answer has happened by then. */
  const settled = () => new Promise(setImmediate);
  const have = async (token: string, lifetimeMs?: number) => {
    const asked = source.token();
    await grant(token, lifetimeMs);
    expect(await asked).toBe(token);
  };

  it('is asked for once, however many calls wait for it', async () => {
    const waiting = Array.from({ length: 1_000 }, async () => source.token());
    await grant('one');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['one']));
    expect(source.token()).toBe('one');
    expect(requests).toHaveLength(1);
  });

  it('is used until it ends, and then asked for again', async () => {
    await have('one', 10_000);
    now = 7_999;
    expect(source.token()).toBe('one');
    expect(requests).toHaveLength(1);
    now = 10_000;
    const next = source.token();
    expect(requests).toHaveLength(2);
    await grant('two');
    expect(await next).toBe('two');
  });

  it.each([
    ['short', 10_000, 8_000],
    ['long', 3_600_000, 3_540_000],
  ])('is renewed in the background late in a %s life, and only when it is used', async (_, lifetimeMs, renewAt) => {
    await have('one', lifetimeMs);
    now = renewAt - 1;
    expect(source.token()).toBe('one');
    expect(requests).toHaveLength(1);
    now = renewAt;
    expect([source.token(), source.token()]).toEqual(['one', 'one']);
    expect(requests).toHaveLength(2);
    await grant('two');
    expect(source.token()).toBe('two');
  });

  it('stays in use while the endpoint fails to renew it, and until it ends', async () => {
    await have('one', 10_000);
    now = 8_000;
    expect(source.token()).toBe('one');
    await fail();
    expect(source.token()).toBe('one');
    expect(requests).toHaveLength(2);
    now = 9_500;
    expect(source.token()).toBe('one');
    expect(requests).toHaveLength(3);
    await fail();
    now = 10_000;
    await expect(source.token()).rejects.toThrow('away');
  });

  it('is not asked for again for a while after a failure, longer each time, and calls end at once meanwhile', async () => {
    for (const pause of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const asked = source.token();
      const count = requests.length;
      await fail();
      await expect(asked).rejects.toThrow('away');
      now += pause - 1;
      await expect(source.token()).rejects.toThrow('away');
      expect(requests).toHaveLength(count);
      now += 1;
    }
    await have('one');
    now = 100_000_000;
    const asked = source.token();
    await fail();
    await expect(asked).rejects.toThrow('away');
    now += 1_000;
    await have('two');
  });

  it('is not asked for before the endpoint wants it', async () => {
    const asked = source.token();
    await fail(new NoToken('busy', 20_000));
    await expect(asked).rejects.toThrow('busy');
    now = 19_999;
    await expect(source.token()).rejects.toThrow('busy');
    now = 20_000;
    await have('one');
  });

  it('is renewed once for all calls with which the target refuses it', async () => {
    await have('one');
    now = 5_000;
    const renewed = Array.from({ length: 100 }, async () => source.renewed('one'));
    expect(requests).toHaveLength(2);
    await grant('two');
    expect(new Set(await Promise.all(renewed))).toEqual(new Set(['two']));
    // A call that was on its way with the old one.
    expect(source.renewed('one')).toBe('two');
    expect(requests).toHaveLength(2);
  });

  it('is renewed at once, however new it is, and not again while the target refuses the new one as well', async () => {
    await have('one');
    const renewed = source.renewed('one');
    await grant('two');
    expect(await renewed).toBe('two');
    now = 4_999;
    expect(source.renewed('two')).toBeUndefined();
    expect(requests).toHaveLength(2);
    now = 5_000;
    const later = source.renewed('two');
    await grant('three');
    expect(await later).toBe('three');
  });

  it('is renewed again at once when the target had taken the new one', async () => {
    await have('one');
    const renewed = source.renewed('one');
    await grant('two');
    await renewed;
    source.accepted('two');
    const again = source.renewed('two');
    await grant('three');
    expect(await again).toBe('three');
  });

  it('is known with the one before it, which targets may still repeat', async () => {
    await have('one', 1_000);
    now = 1_000;
    await have('two');
    expect(source.tokens).toEqual(['two', 'one']);
  });
});
