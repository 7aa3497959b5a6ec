import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { LiveCatalog } from './live-catalog.ts';
import { HandlerCatalog } from '../../execute/handler-catalog.ts';

/** A database whose answers come when the test says so. */
class Source {
  /** Loads that were begun. */
  loads = 0;
  asked = 0;
  revisionInDatabase = 1;
  /** What each load was to begin from; undefined: from nothing. */
  readonly bases: (number | undefined)[] = [];
  #load = Promise.withResolvers<HandlerCatalog>();

  load(since?: HandlerCatalog): Promise<HandlerCatalog> {
    this.loads++;
    this.bases.push(since?.revision);
    return this.#load.promise;
  }

  revision(): Promise<number> {
    this.asked++;
    return Promise.resolve(this.revisionInDatabase);
  }

  /** Ends the running load. */
  async answer(outcome: number | Error): Promise<void> {
    const load = this.#load;
    this.#load = Promise.withResolvers();
    if (outcome instanceof Error) load.reject(outcome);
    else load.resolve(HandlerCatalog.empty.with(outcome, []));
    await settle();
  }
}

/** Resolves when nothing is left to be done that waits for nothing outside. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('the keeper of the catalog', () => {
  let source: Source;
  let keeper: LiveCatalog;
  let swapped: number[];

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    source = new Source();
    swapped = [];
    keeper = new LiveCatalog(source, pino({ level: 'silent' }), ({ revision }) => swapped.push(revision));
    expect(() => keeper.assertCurrent()).toThrow('not loaded yet');
    const started = keeper.start();
    await source.answer(1);
    await started;
  });

  afterEach(() => {
    keeper.stop();
    jest.useRealTimers();
  });

  it('has a catalog in force when it has started', () => {
    expect(() => keeper.assertCurrent()).not.toThrow();
    expect(keeper.current.revision).toBe(1);
    expect(swapped).toEqual([1]);
  });

  it.each([0, 1])('loads nothing for revision %d, which is not newer', async (revision) => {
    await keeper.announced(revision);
    expect(source.loads).toBe(1);
  });

  it('puts in force a newer one that is announced, and tells', async () => {
    const announced = keeper.announced(2);
    await settle();
    expect(keeper.current.revision).toBe(1);
    await source.answer(2);
    await announced;
    expect(keeper.current.revision).toBe(2);
    expect(swapped).toEqual([1, 2]);
  });

  it('makes one more load of many announcements during one load, and keeps all of them waiting for it', async () => {
    const first = keeper.announced(2);
    let served = 0;
    const others = [3, 4, 5, 6].map((revision) => keeper.announced(revision).then(() => served++));
    await source.answer(2);
    await first;
    expect(source.loads).toBe(3);
    expect(served).toBe(0);
    await source.answer(6);
    await Promise.all(others);
    expect(source.loads).toBe(3);
    expect(swapped).toEqual([1, 2, 6]);
  });

  it('keeps the old one when a load fails, says so, and loads again when asked again', async () => {
    const announced = expect(keeper.announced(2)).rejects.toThrow('database is away');
    await source.answer(new Error('the database is away'));
    await announced;
    expect(keeper.current.revision).toBe(1);
    expect(() => keeper.assertCurrent()).not.toThrow();
    const again = keeper.announced(2);
    await source.answer(2);
    await again;
    expect(swapped).toEqual([1, 2]);
  });

  it('serves those who waited behind a load that failed', async () => {
    const first = expect(keeper.announced(2)).rejects.toThrow('database is away');
    const second = keeper.announced(3);
    await source.answer(new Error('the database is away'));
    await first;
    await source.answer(3);
    await second;
    expect(keeper.current.revision).toBe(3);
  });

  it('loads only what was changed since the catalog in force, and all when it is told to reload', async () => {
    const announced = keeper.announced(2);
    await source.answer(2);
    const reloaded = keeper.reload();
    await source.answer(2);
    await Promise.all([announced, reloaded]);
    expect(source.bases).toEqual([undefined, 1, undefined]);
  });

  it('loads all after a load of a change during which it was told to reload', async () => {
    const announced = keeper.announced(2);
    const reloaded = keeper.reload();
    await source.answer(2);
    await source.answer(2);
    await Promise.all([announced, reloaded]);
    expect(source.bases).toEqual([undefined, 1, undefined]);
  });

  it('loads all in the end when the load of all has failed', async () => {
    const reloaded = expect(keeper.reload()).rejects.toThrow('database is away');
    await source.answer(new Error('the database is away'));
    await reloaded;
    const announced = keeper.announced(2);
    await source.answer(2);
    await announced;
    expect(source.bases).toEqual([undefined, undefined, undefined]);
  });

  it('loads all when the database has an earlier revision, since it was put back to an earlier state', async () => {
    const announced = keeper.announced(5);
    await source.answer(5);
    await announced;
    source.revisionInDatabase = 3;
    await jest.advanceTimersByTimeAsync(15_000);
    await source.answer(3);
    expect(source.bases).toEqual([undefined, 1, undefined]);
    expect(swapped).toEqual([1, 5, 3]);
  });

  it('does not tell of a reload that brings the same', async () => {
    const reloaded = keeper.reload();
    await source.answer(1);
    await reloaded;
    expect(source.loads).toBe(2);
    expect(swapped).toEqual([1]);
  });

  it('finds by itself within 15 seconds what no message told it of', async () => {
    await jest.advanceTimersByTimeAsync(15_000);
    expect([source.asked, source.loads]).toEqual([1, 1]);
    source.revisionInDatabase = 2;
    await jest.advanceTimersByTimeAsync(15_000);
    expect([source.asked, source.loads]).toEqual([2, 2]);
    await source.answer(2);
    expect(keeper.current.revision).toBe(2);
  });

  it('asks no more once it is stopped', async () => {
    keeper.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(source.asked).toBe(0);
  });
});
