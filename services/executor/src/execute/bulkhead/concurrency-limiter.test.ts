import { describe, expect, it } from '@jest/globals';
import { ConcurrencyLimiter, type Slot } from './concurrency-limiter.ts';

const patient = 500;

/** Those who have asked for a slot, by name, in the order in which they got it. */
class Queue {
  /** What the clock says, in milliseconds. */
  now = 0;
  readonly limiter = new ConcurrencyLimiter(() => this.now);
  readonly begun: string[] = [];
  readonly refused: string[] = [];
  readonly #taken = new Map<string, Slot>();

  async ask(name: string, limit: number, patienceMs = patient): Promise<void> {
    void Promise.resolve(this.limiter.acquire(limit, patienceMs)).then((slot) => {
      if (slot) this.#taken.set(name, slot);
      (slot ? this.begun : this.refused).push(name);
    });
    await settle();
  }

  async end(name: string): Promise<void> {
    this.limiter.release(this.#taken.get(name)!);
    await settle();
  }
}

/** Resolves when nothing is left to be done that waits for nothing outside. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a limiter', () => {
  it('are given to that many at a time, and to the others in the order in which they came', async () => {
    const queue = new Queue();
    for (const name of ['a', 'b', 'c', 'd']) await queue.ask(name, 2);
    expect(queue.begun).toEqual(['a', 'b']);
    await queue.end('b');
    expect(queue.begun).toEqual(['a', 'b', 'c']);
    await queue.end('a');
    expect(queue.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not given to one who comes later before those who wait', async () => {
    const queue = new Queue();
    for (const name of ['a', 'b']) await queue.ask(name, 1);
    void queue.end('a');
    await queue.ask('c', 1);
    expect(queue.begun).toEqual(['a', 'b']);
  });

  it('of which there are more now are given to those who wait already first', async () => {
    const queue = new Queue();
    for (const name of ['a', 'b', 'c']) await queue.ask(name, 1);
    await queue.ask('d', 3);
    expect(queue.begun).toEqual(['a', 'b', 'c']);
    await queue.end('a');
    expect(queue.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('of which there are fewer now are given when enough have ended', async () => {
    const queue = new Queue();
    for (const name of ['a', 'b', 'c']) await queue.ask(name, 3);
    await queue.ask('d', 1);
    await queue.end('a');
    await queue.end('b');
    expect(queue.begun).toEqual(['a', 'b', 'c']);
    await queue.end('c');
    expect(queue.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not waited for longer than one is patient, and then belong to the next', async () => {
    const queue = new Queue();
    await queue.ask('a', 1);
    const late = queue.limiter.acquire(1, 20);
    await queue.ask('c', 1);
    expect(await late).toBeUndefined();
    await queue.end('a');
    expect(queue.begun).toEqual(['a', 'c']);
  });

  it('are not waited for at all when those before have taken too long already', async () => {
    const queue = new Queue();
    await queue.ask('hangs', 1);
    queue.now += 30;
    await queue.ask('b', 1, 20);
    expect(queue.refused).toEqual(['b']);
  });

  it('are worth having twice as many calls at hand while calls are short', async () => {
    const { limiter } = new Queue();
    const slot = (await limiter.acquire(4, patient))!;
    expect(limiter.useful).toBe(8);
    limiter.release({ begunAt: slot.begunAt - 60_000 });
    expect(limiter.useful).toBe(4);
  });

  it('are worth having as many calls at hand as are made in a quarter of a second, once it is known how long they take', async () => {
    const queue = new Queue();
    const { limiter } = queue;
    const endAfter = async (milliseconds: number) => {
      const slot = (await limiter.acquire(4, patient))!;
      queue.now += milliseconds;
      limiter.release(slot);
    };
    for (let n = 0; n < 50; n++) await endAfter(25);
    expect(limiter.useful).toBeGreaterThanOrEqual(43);
    expect(limiter.useful).toBeLessThanOrEqual(45);
    expect(limiter.isQuick).toBe(true);
    for (let n = 0; n < 50; n++) await endAfter(260);
    expect(limiter.useful).toBe(4);
    expect(limiter.isQuick).toBe(false);
  });
});
