import { describe, expect, it } from '@jest/globals';
import { retryPolicy } from '../catalog/retry-policy.ts';
import { permanent, retryable, success } from './outcome.ts';
import { standingAfter } from './standing.ts';

const retry = retryPolicy({ maxAttempts: 4, schedule: ['5s', '1m'] });
const failure = retryable('http_status', 'the target answered 503');
const waits = (attempt: number, outcome = failure, random = 0) => standingAfter(outcome, attempt, retry, () => random);

describe('what an outcome means for the execution', () => {
  it('success is its end', () => expect(waits(1, success as never)).toEqual({ status: 'succeeded' }));

  it('a permanent failure is its end', () => {
    expect(standingAfter(permanent('http_status', 'the target answered 400'), 1, retry)).toEqual({ status: 'failed' });
  });

  it('a failure that may pass is tried again by the schedule, whose last time serves for all that follow', () => {
    expect([1, 2, 3].map((attempt) => waits(attempt))).toEqual([
      { status: 'waiting', delayMs: 5_000 },
      { status: 'waiting', delayMs: 60_000 },
      { status: 'waiting', delayMs: 60_000 },
    ]);
  });

  it('the last attempt that fails is its end', () => expect(waits(4)).toEqual({ status: 'failed' }));

  it('chance adds to the wait and never takes from it', () => {
    expect(waits(1, failure, 1)).toEqual({ status: 'waiting', delayMs: 5_500 });
  });

  it('the target may ask for more time, and not for less', () => {
    expect(waits(1, { ...failure, retryAfterMs: 30_000 })).toEqual({ status: 'waiting', delayMs: 30_000 });
    expect(waits(1, { ...failure, retryAfterMs: 1_000 })).toEqual({ status: 'waiting', delayMs: 5_000 });
  });

  it('a call that we took back is made again at once, by whoever has the event then', () => {
    expect(waits(4, retryable('aborted', 'taken back'))).toEqual({ status: 'waiting', delayMs: 0 });
  });

  it('a secret that does not open is tried again without end, and seldom: a person has to mend it', () => {
    expect(waits(4, retryable('secrets_unavailable', 'no key'))).toEqual({ status: 'waiting', delayMs: 60_000 });
  });

  it.each(['dns_unavailable', 'executor_resources', 'spawn_failed'] as const)(
    'a fault of our own (%s) is not charged to the handler, even when no attempt is left',
    (reason) => expect(waits(4, retryable(reason, 'ours'))).toEqual({ status: 'waiting', delayMs: 5_000 }),
  );
});
