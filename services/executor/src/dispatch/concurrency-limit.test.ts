import { describe, expect, it } from '@jest/globals';
import { ConcurrencyLimit } from './concurrency-limit.ts';

/** Work that is under way until the test ends it. */
class Jobs {
  readonly limit = new ConcurrencyLimit();
  /** Names of what was begun, in that order. */
  readonly begun: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<string>>();

  start(job: string, limit: number, name = 'handler'): Promise<string> {
    return this.limit.run(name, limit, () => {
      this.begun.push(job);
      const end = Promise.withResolvers<string>();
      this.#ends.set(job, end);
      return end.promise;
    });
  }

  async end(job: string, error?: Error): Promise<void> {
    if (error) this.#ends.get(job)!.reject(error);
    else this.#ends.get(job)!.resolve(`${job} is done`);
    await settle();
  }
}

/** Resolves when nothing is left to be done that waits for nothing outside. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a limit of concurrency', () => {
  it('lets that many run, and the others in the order in which they came', async () => {
    const jobs = new Jobs();
    const results = Promise.all(['a', 'b', 'c', 'd'].map((job) => jobs.start(job, 2)));
    await settle();
    expect(jobs.begun).toEqual(['a', 'b']);
    await jobs.end('b');
    expect(jobs.begun).toEqual(['a', 'b', 'c']);
    await jobs.end('a');
    expect(jobs.begun).toEqual(['a', 'b', 'c', 'd']);
    await jobs.end('d');
    await jobs.end('c');
    expect(await results).toEqual(['a is done', 'b is done', 'c is done', 'd is done']);
  });

  it('is of each name by itself', async () => {
    const jobs = new Jobs();
    void jobs.start('a', 1, 'one handler');
    void jobs.start('b', 1, 'another handler');
    await settle();
    expect(jobs.begun).toEqual(['a', 'b']);
  });

  it('gives back the place of what fails', async () => {
    const jobs = new Jobs();
    const first = expect(jobs.start('a', 1)).rejects.toThrow('failed');
    const second = jobs.start('b', 1);
    await settle();
    await jobs.end('a', new Error('failed'));
    await first;
    await jobs.end('b');
    expect(await second).toBe('b is done');
  });

  it('lets nobody who comes later take a place before those who wait', async () => {
    const jobs = new Jobs();
    for (const job of ['a', 'b', 'c']) void jobs.start(job, 1);
    await settle();
    void jobs.end('a');
    void jobs.start('d', 1);
    await settle();
    expect(jobs.begun).toEqual(['a', 'b']);
    await jobs.end('b');
    await jobs.end('c');
    expect(jobs.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('that is raised holds for those who wait already, and keeps their order', async () => {
    const jobs = new Jobs();
    for (const job of ['a', 'b', 'c']) void jobs.start(job, 1);
    await settle();
    void jobs.start('d', 3);
    await settle();
    expect(jobs.begun).toEqual(['a', 'b', 'c']);
    await jobs.end('a');
    expect(jobs.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('that is lowered holds as soon as enough have ended', async () => {
    const jobs = new Jobs();
    for (const job of ['a', 'b', 'c']) void jobs.start(job, 3);
    void jobs.start('d', 1);
    void jobs.start('e', 1);
    await settle();
    expect(jobs.begun).toEqual(['a', 'b', 'c']);
    await jobs.end('a');
    await jobs.end('b');
    expect(jobs.begun).toEqual(['a', 'b', 'c']);
    await jobs.end('c');
    expect(jobs.begun).toEqual(['a', 'b', 'c', 'd']);
    await jobs.end('d');
    expect(jobs.begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
