import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from '#observability';
import { Lifecycle } from './lifecycle.ts';
import type { Part, PartList } from './part.ts';

const warn = jest.fn();
const never = () => new Promise<never>(() => undefined);

describe('the parts of a process', () => {
  let log: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    warn.mockClear();
    log = [];
  });
  afterEach(() => void jest.useRealTimers());

  const part = (name: string, overrides: Partial<Part> = {}): Part => ({
    name,
    stopMs: 1_000,
    start: () => void log.push(`+${name}`),
    stop: () => void log.push(`-${name}`),
    ...overrides,
  });
  const lifecycle = (...parts: PartList) => new Lifecycle(parts, { warn, info: () => undefined } as unknown as Logger);

  it('start in their order and stop in reverse', async () => {
    const process = lifecycle(part('a'), part('b'), part('c'));
    await process.start();
    await process.stop(1_000);
    expect(log).toEqual(['+a', '+b', '+c', '-c', '-b', '-a']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wait for one another', async () => {
    const slow = Promise.withResolvers<undefined>();
    const process = lifecycle(part('a', { start: () => slow.promise, stop: () => slow.promise }), part('b'));
    const started = process.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(log).toEqual([]);
    slow.resolve(undefined);
    await started;
    expect(log).toEqual(['+b']);
  });

  it('of a group start in their order, and stop side by side', async () => {
    const gate = Promise.withResolvers<undefined>();
    const waits = { stop: () => gate.promise.then(() => void log.push('-b')) };
    const process = lifecycle(part('a'), [part('b', waits), part('c', { stop: () => gate.resolve(undefined) })]);
    await process.start();
    expect(log).toEqual(['+a', '+b', '+c']);
    await process.stop(1_000);
    expect(log.slice(3)).toEqual(['-b', '-a']);
  });

  it('start and stop once, however often they are asked to', async () => {
    const process = lifecycle(part('a'));
    await Promise.all([process.start(), process.start()]);
    await Promise.all([process.stop(1_000), process.stop(5)]);
    await process.start();
    await process.stop(1_000);
    expect(log).toEqual(['+a', '-a']);
  });

  it('do not start after a stop; one without a start is stopped all the same', async () => {
    const alwaysThere: Part = { name: 'b', stopMs: 1_000, stop: () => void log.push('-b') };
    const process = lifecycle(part('a'), alwaysThere);
    await process.stop(1_000);
    await process.start();
    expect(log).toEqual(['-b']);
  });

  it('that wait in their start are told of a stop, are stopped, and have not failed; later ones do not start', async () => {
    const start = (stopping: AbortSignal) =>
      new Promise<void>((_resolve, reject) => stopping.addEventListener('abort', () => reject(new Error('given up'))));
    const process = lifecycle(part('a'), part('b', { start }), part('c'));
    const started = process.start();
    await jest.advanceTimersByTimeAsync(0);
    await process.stop(1_000);
    await started;
    expect(log).toEqual(['+a', '-b', '-a']);
    expect(warn).not.toHaveBeenCalled();
  });

  it('that do not end their start hold up a stop for two seconds', async () => {
    const process = lifecycle(part('a'), part('b', { start: never }));
    void process.start();
    await jest.advanceTimersByTimeAsync(0);
    const stopped = process.stop(1_000);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(log).toEqual(['+a']);
    await jest.advanceTimersByTimeAsync(1);
    await stopped;
    expect(log).toEqual(['+a', '-b', '-a']);
    expect(process.pending).toEqual(['start']);
  });

  it('that fail to start are told of, and can be stopped', async () => {
    const failure = new Error('of no use');
    const process = lifecycle(part('a'), part('b', { start: () => Promise.reject(failure) }), part('c'));
    await expect(process.start()).rejects.toBe(failure);
    await process.stop(1_000);
    expect(log).toEqual(['+a', '-b', '-a']);
  });

  it.each<[string, NonNullable<Part['stop']>]>([
    [
      'throw',
      () => {
        throw new Error('away');
      },
    ],
    ['reject', () => Promise.reject(new Error('away'))],
  ])('that %s at their stop do not keep others from stopping', async (_how, stop) => {
    const process = lifecycle(part('a'), part('b', { stop }));
    await process.start();
    await process.stop(1_000);
    expect(log).toEqual(['+a', '+b', '-a']);
    expect(warn).toHaveBeenCalledWith({ err: new Error('away'), part: 'b' }, expect.any(String));
    expect(process.pending).toEqual([]);
  });

  it('that hang at their stop are named, and left behind when their time is up', async () => {
    const process = lifecycle(part('a'), part('b', { stop: never }));
    await process.start();
    const stopped = process.stop(60_000);
    await jest.advanceTimersByTimeAsync(999);
    expect(log).toEqual(['+a', '+b']);
    await jest.advanceTimersByTimeAsync(1);
    await stopped;
    expect(log).toEqual(['+a', '+b', '-a']);
    expect(warn).toHaveBeenCalledWith({ part: 'b', waitedMs: 1_000 }, expect.any(String));
    expect(process.pending).toEqual(['b']);
  });

  it('that finish work have the time for it, are told when it is up, and then have their own', async () => {
    const stop = (deadline: AbortSignal) =>
      new Promise<void>(() => deadline.addEventListener('abort', () => log.push('late')));
    const process = lifecycle(part('a', { finishesWork: true, stop }));
    await process.start();
    const stopped = process.stop(5_000);
    await jest.advanceTimersByTimeAsync(4_999);
    expect(log).toEqual(['+a']);
    await jest.advanceTimersByTimeAsync(1);
    expect(log).toEqual(['+a', 'late']);
    await jest.advanceTimersByTimeAsync(1_000);
    await stopped;
    expect(process.pending).toEqual(['a']);
  });

  it('have fifteen seconds beyond the time for work, all together, whatever each may take', async () => {
    const hangs = (name: string) => part(name, { stopMs: 10_000, stop: never });
    const process = lifecycle(hangs('a'), hangs('b'), hangs('c'));
    await process.start();
    const stopped = process.stop(2_000);
    await jest.advanceTimersByTimeAsync(17_100);
    await stopped;
    expect(process.pending).toEqual(['c', 'b', 'a']);
  });
});
