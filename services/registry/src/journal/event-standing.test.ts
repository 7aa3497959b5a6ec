import { describe, expect, it } from '@jest/globals';
import type { EventStatus } from '#contracts';
import type { EventExecutionView, SkipReason } from './dto/event-execution.dto.ts';
import type { EventRun } from './event-executions.ts';
import { standingOf } from './event-standing.ts';

/** How a handler ended in a run: a status, or the reason why it was skipped. */
type Result = 'succeeded' | 'failed' | 'waiting' | SkipReason;

/** The results of each run by handler, the event as it was received first. */
function standing(...runs: { status?: EventStatus; test?: true; results?: Record<string, Result> }[]): string {
  const made = runs.map(({ status = 'succeeded', test = false }) => ({ test, row: { status } }) as EventRun);
  const executions = runs.flatMap(({ test = false, results = {} }) =>
    Object.entries(results).map(([handlerId, result]) => {
      const isResult = result === 'succeeded' || result === 'failed' || result === 'waiting';
      const ended = isResult ? { status: result, skipReason: null } : { status: 'skipped', skipReason: result };
      return { handlerId, test, ...ended } as EventExecutionView;
    }),
  );
  const { status, hasFailures } = standingOf(made, executions);
  return hasFailures ? `${status}, has failures` : status;
}

describe('the status of an event', () => {
  it.each<[string, Parameters<typeof standing>, string]>([
    ['has succeeded without any handler', [{}], 'succeeded'],
    ['has succeeded with all of its handlers', [{ results: { a: 'succeeded', b: 'condition_unmet' } }], 'succeeded'],
    ['has succeeded beside a disabled handler', [{ results: { a: 'succeeded', b: 'handler_disabled' } }], 'succeeded'],
    ['has failed with one of its handlers', [{ results: { a: 'succeeded', b: 'failed' } }], 'failed, has failures'],
    ['waits while one of them does', [{ results: { a: 'failed', b: 'waiting' } }], 'waiting, has failures'],
    ['waits before it has begun', [{ status: 'waiting' }], 'waiting'],
    [
      'has succeeded when a replay makes good for every failure',
      [{ results: { a: 'failed', b: 'earlier_failed' } }, { results: { a: 'succeeded', b: 'succeeded' } }],
      'succeeded',
    ],
    [
      'has failed when a replay makes good for one failure of two',
      [{ results: { a: 'failed', b: 'failed' } }, { results: { a: 'succeeded' } }],
      'failed, has failures',
    ],
    [
      'has failed while a handler that was skipped because of a failure has not run',
      [{ results: { a: 'failed', b: 'earlier_failed' } }, { results: { a: 'succeeded' } }],
      'failed',
    ],
    [
      'waits when another handler than the replayed one does',
      [{ status: 'waiting', results: { a: 'failed', b: 'waiting' } }, { results: { a: 'succeeded' } }],
      'waiting',
    ],
    [
      'has failed when a replay does not get to a handler that had failed',
      [{ results: { a: 'succeeded', b: 'failed' } }, { results: { a: 'failed', b: 'earlier_failed' } }],
      'failed, has failures',
    ],
    [
      'does not lose a success to a replay that skips the disabled handler',
      [{ results: { a: 'succeeded' } }, { results: { a: 'handler_disabled' } }],
      'succeeded',
    ],
    [
      'comes from no test',
      [{ results: { a: 'failed' } }, { test: true, results: { a: 'succeeded' } }],
      'failed, has failures',
    ],
  ])('%s', (_, runs, expected) => {
    expect(standing(...runs)).toBe(expected);
  });
});
