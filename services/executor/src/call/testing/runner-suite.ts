import { describe, expect, it } from '@jest/globals';
import type { Task } from '#contracts';
import { alwaysOurs, type Runner } from '../call.ts';
import { callOf, never, sentBody } from './calls.ts';

/** A runner and targets of its type that behave as the suite needs them to. */
export interface RunnerUnderTest<T extends Task> {
  runner: Runner<T>;
  /** Succeeds. */
  obliging: T;
  /** Fails in a way that may pass. */
  failing: T;
  /** Never ends on its own. */
  hanging: T;
  /** Bodies that `obliging` was given. */
  received: () => Promise<string[]> | string[];
}

/** What the dispatcher relies on, whatever the type of task. */
export function describeRunner<T extends Task>(name: string, setUp: () => RunnerUnderTest<T>): void {
  describe(`${name} keeps the promises of every runner`, () => {
    it('hands over the JSON of the event unchanged and reports success', async () => {
      const { runner, obliging, received } = setUp();
      const before = (await received()).length;
      const { outcome } = await runner.run(callOf(obliging), never, alwaysOurs);
      expect(outcome).toEqual({ kind: 'success' });
      expect((await received()).slice(before)).toEqual([sentBody]);
    });

    it('reports a failure that may pass as retryable, with a reason and words', async () => {
      const { runner, failing } = setUp();
      const { outcome } = await runner.run(callOf(failing), never, alwaysOurs);
      expect(outcome).toMatchObject({
        kind: 'retryable',
        reason: expect.any(String),
        message: expect.stringMatching(/\w/),
      });
    });

    it('ends at its deadline what does not end by itself', async () => {
      const { runner, hanging } = setUp();
      const start = performance.now();
      const { outcome } = await runner.run(callOf(hanging, { timeoutMs: 300 }), never, alwaysOurs);
      expect(outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
      expect(performance.now() - start).toBeLessThan(3_000);
    });

    it('ends at once what the executor takes back', async () => {
      const { runner, hanging } = setUp();
      const takeBack = new AbortController();
      const running = runner.run(callOf(hanging, { timeoutMs: 60_000 }), takeBack.signal, alwaysOurs);
      takeBack.abort();
      expect((await running).outcome).toMatchObject({ kind: 'retryable', reason: 'aborted' });
    });

    it('makes no call that was lost before it left, though that shows only now', async () => {
      const { runner, obliging, received } = setUp();
      const before = (await received()).length;
      const { outcome } = await runner.run(callOf(obliging), never, () => {
        throw new Error('lost');
      });
      expect(outcome).toMatchObject({ kind: 'retryable', reason: 'aborted' });
      expect(await received()).toHaveLength(before);
      // The next call is still made.
      expect((await runner.run(callOf(obliging), never, alwaysOurs)).outcome).toEqual({ kind: 'success' });
      expect(await received()).toHaveLength(before + 1);
    });
  });
}
