import { describe, expect, it } from '@jest/globals';
import { Backoff } from './backoff.ts';

const waits = (backoff: Backoff, count: number) => Array.from({ length: count }, () => backoff.next());

describe('the wait before the next try', () => {
  it('is short at first, doubles, and ends at the longest', () => {
    expect(waits(new Backoff({ firstMs: 100, longestMs: 1_000 }), 6)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('is made shorter or longer at random, and never longer than the longest', () => {
    const options = { firstMs: 100, longestMs: 2_000, jitter: 0.2 };
    expect(waits(new Backoff(options, () => 0), 7)).toEqual([80, 160, 320, 640, 1_280, 1_333, 1_333]);
    expect(waits(new Backoff(options, () => 1), 6)).toEqual([120, 240, 480, 960, 1_920, 2_000]);
  });

  it('is the first one again after a success', () => {
    const backoff = new Backoff({ firstMs: 100, longestMs: 1_000 });
    waits(backoff, 3);
    backoff.reset();
    expect(backoff.next()).toBe(100);
  });

  it('still ends at the longest after very many tries', () => {
    const backoff = new Backoff({ firstMs: 100, longestMs: 1_000 });
    expect(waits(backoff, 2_000).at(-1)).toBe(1_000);
  });

  it('ends when it is told to', async () => {
    const backoff = new Backoff({ firstMs: 3_600_000, longestMs: 3_600_000 });
    const stop = new AbortController();
    const waited = backoff.wait(stop.signal);
    stop.abort();
    await waited;
    await backoff.wait(AbortSignal.abort());
  });
});
