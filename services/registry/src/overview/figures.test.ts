import { describe, expect, it } from '@jest/globals';
import { attentionTo, type Facts } from './attention.ts';
import { percentiles } from './percentiles.ts';
import { SharedAnswer } from './shared-answer.ts';
import { countsByKey } from './status-counts.ts';
import { windowUpTo } from './window.ts';

describe('a window', () => {
  it.each([
    ['hour', 60, '2026-03-01T08:16:00.000Z', '2026-03-01T09:16:00.000Z'],
    ['day', 24, '2026-02-28T10:00:00.000Z', '2026-03-01T10:00:00.000Z'],
  ] as const)('of an %s has %i parts that begin where the clock does', (name, parts, from, to) => {
    const { starts, end, bucketMs } = windowUpTo(name, Date.parse('2026-03-01T09:15:59.999Z'));
    expect(starts).toHaveLength(parts);
    expect([starts[0]!, end].map((time) => new Date(time).toISOString())).toEqual([from, to]);
    expect(end - starts.at(-1)!).toBe(bucketMs);
  });
});

describe('counts', () => {
  it('take for succeeded what is left of all, and leave tests out', () => {
    const row = { key: 'h', bucket: 2, test: false };
    const counts = countsByKey(
      [
        { ...row, status: 'any', count: 10 },
        { ...row, status: 'failed', count: 3 },
        { ...row, status: 'waiting', count: 2 },
        { ...row, test: true, status: 'failed', count: 1 },
        { ...row, test: true, status: 'succeeded', count: 2 },
      ],
      2,
    );
    const none = { succeeded: 0, failed: 0, waiting: 0, skipped: 0, duplicate: 0 };
    expect(counts.get('h')).toEqual([none, { ...none, succeeded: 3, failed: 2, waiting: 2 }]);
  });
});

describe('percentiles', () => {
  it.each([
    [[], [null, null]],
    [[[7, 1]], [7, 7]],
    [Array.from({ length: 100 }, (_, index) => [100 - index, 1]), [50, 95]],
    // One slow call that stands for as many as all the others.
    [
      [
        [1, 1],
        [2, 1],
        [3, 1],
        [90, 3],
      ],
      [3, 90],
    ],
  ])('of %j', (samples, expected) => {
    const weighted = (samples as [number, number][]).map(([value, weight]) => ({ value, weight }));
    expect(percentiles(weighted, [0.5, 0.95])).toEqual(expected);
  });
});

describe('an answer that is shared', () => {
  function shared(tookMs: number) {
    let now = 0;
    let searches = 0;
    const answer = new SharedAnswer(
      () => {
        now += tookMs;
        return searches++ === 0 ? Promise.reject(new Error('no database')) : Promise.resolve(searches);
      },
      () => now,
    );
    return { answer, pass: (ms: number) => (now += ms) };
  }

  it.each([
    ['a quick one for some seconds', 1, 5_000],
    ['a slow one for longer, so that the database has to work a twentieth of the time', 500, 10_000],
    ['no longer than a minute', 30_000, 60_000],
  ])('is kept, %s', async (_, tookMs, keptMs) => {
    const { answer, pass } = shared(tookMs);
    const asked = [answer.get(), answer.get()];
    await expect(asked[0]).rejects.toThrow('no database');
    await expect(asked[1]).rejects.toThrow('no database');
    expect(await Promise.all([answer.get(), answer.get()])).toEqual([2, 2]);
    pass(keptMs - 1);
    expect(await answer.get()).toBe(2);
    pass(1);
    expect(await answer.get()).toBe(3);
  });
});

describe('attention', () => {
  const now = new Date('2026-03-01T09:00:00Z');
  const calm: Facts = {
    executors: { running: 2, behind: 0 },
    changedAt: new Date(0),
    now,
    openCircuits: [],
    failing: [],
    waiting: { long: 0, oldest: null },
    rejected: 0,
  };
  const one = { id: '1', name: 'one' };

  it('is drawn to nothing when all is well, or only just amiss', () => {
    expect(attentionTo(calm)).toEqual([]);
    const change = { executors: { running: 2, behind: 2 }, changedAt: new Date(now.getTime() - 5_000) };
    expect(attentionTo({ ...calm, ...change, failing: [{ ...one, failed: 1, total: 3 }] })).toEqual([]);
  });

  it('is drawn to the most pressing first', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, name: `h${index}`, failed: 1, total: 2 }));
    const facts: Facts = {
      ...calm,
      executors: { running: 2, behind: 1 },
      openCircuits: [{ type: 'handler', owner: one, openedAt: now }],
      failing: many,
      waiting: { long: 4, oldest: now },
      rejected: 5,
    };
    expect(attentionTo(facts)).toMatchObject([
      { kind: 'circuit_open', severity: 'critical', count: 1, since: now, handlers: [one] },
      { kind: 'executors_behind', severity: 'warning', count: 1 },
      { kind: 'handlers_failing', count: 12, handlers: many.slice(0, 10).map(({ id, name }) => ({ id, name })) },
      { kind: 'keys_waiting', count: 4, since: now },
      { kind: 'messages_rejected', count: 5 },
    ]);
    expect(attentionTo({ ...calm, executors: { running: 0, behind: 0 } })).toMatchObject([
      { kind: 'no_executor', severity: 'critical' },
    ]);
  });
});
