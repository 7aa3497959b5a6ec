import { describe, expect, it } from '@jest/globals';
import type { Logger } from '#observability';
import { DatabaseWatch } from './database-watch.ts';

const logger = { error: () => undefined, info: () => undefined } as unknown as Logger;

function watched() {
  const state = { stalledMs: 0, reachable: true, said: [] as string[] };
  const flushed = Promise.withResolvers<undefined>();
  const consumer = { pause: () => state.said.push('pause'), resume: () => state.said.push('resume') };
  const watch = new DatabaseWatch({
    stalledMs: () => state.stalledMs,
    reach: () => (state.reachable ? Promise.resolve() : Promise.reject(new Error('away'))),
    consumers: [consumer],
    flush: () => flushed.promise.then(() => undefined),
    logger,
  });
  return { state, watch, flushed };
}

describe('the partitions', () => {
  it('are given up when work has waited for 15 s for a database that cannot be reached, and taken again when all is written', async () => {
    const { state, watch, flushed } = watched();
    Object.assign(state, { stalledMs: 14_999, reachable: false });
    await watch.look();
    expect(state.said).toEqual([]);
    expect(() => watch.assertHeld()).not.toThrow();
    state.stalledMs = 15_000;
    await watch.look();
    expect(state.said).toEqual(['pause']);
    expect(() => watch.assertHeld()).toThrow('partitions released');
    await watch.look();
    expect(state.said).toEqual(['pause']);
    state.reachable = true;
    const back = watch.look();
    await new Promise(setImmediate);
    expect(state.said).toEqual(['pause']);
    flushed.resolve(undefined);
    await back;
    expect(state.said).toEqual(['pause', 'resume']);
    expect(() => watch.assertHeld()).not.toThrow();
  });

  it('are kept while a database can be reached that is slow: others would find it as slow', async () => {
    const { state, watch } = watched();
    state.stalledMs = 100_000;
    await watch.look();
    expect(state.said).toEqual([]);
  });

  it('are no concern of an executor that stops, also while it has something to write', async () => {
    const { state, watch } = watched();
    Object.assign(state, { stalledMs: 15_000, reachable: false });
    await watch.look();
    state.reachable = true;
    const back = watch.look();
    await watch.stop();
    await back;
    await watch.stop();
  });
});
