import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from '#observability';
import { Stopping } from './stopping.ts';

const warn = jest.fn();
const logger = { warn } as unknown as Logger;

describe('a stop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    warn.mockClear();
  });
  afterEach(() => void jest.useRealTimers());

  it('waits for a part, and for one that fails no longer than that', async () => {
    const stopping = new Stopping(logger);
    const work = Promise.withResolvers<undefined>();
    const part = stopping.part('the journal', work.promise, 1_000);
    expect(stopping.pending).toEqual(['the journal']);
    work.resolve(undefined);
    await part;
    expect(warn).not.toHaveBeenCalled();
    const error = new Error('it is away');
    await stopping.part('the heartbeat', Promise.reject(error), 1_000);
    expect(warn).toHaveBeenCalledWith({ err: error, part: 'the heartbeat' }, expect.any(String));
    expect(stopping.pending).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('goes on without a part that takes too long, and names it until it has stopped', async () => {
    const stopping = new Stopping(logger);
    const work = Promise.withResolvers<undefined>();
    const part = stopping.part('the journal', work.promise, 1_000);
    await jest.advanceTimersByTimeAsync(1_000);
    await part;
    expect(warn).toHaveBeenCalledWith({ part: 'the journal', waitedMs: 1_000 }, expect.any(String));
    expect(stopping.pending).toEqual(['the journal']);
    work.resolve(undefined);
    await jest.advanceTimersByTimeAsync(0);
    expect(stopping.pending).toEqual([]);
  });

  it('has a deadline for all parts together', async () => {
    const stopping = new Stopping(logger);
    stopping.begin(1_000);
    const never = new Promise<never>(() => undefined);
    const parts = Promise.all([stopping.part('first', never), stopping.part('second', never, 5_000)]);
    await jest.advanceTimersByTimeAsync(1_000);
    await parts;
    const third = stopping.part('third', never, 5_000);
    await jest.advanceTimersByTimeAsync(100);
    await third;
    expect(stopping.pending).toEqual(['first', 'second', 'third']);
  });
});
