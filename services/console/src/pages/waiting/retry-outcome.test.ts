import { describe, expect, it } from '@jest/globals';
import type { EventDetailsView } from '#contracts/rest-api';
import { retryOutcome } from './retry-outcome.ts';

const now = new Date('2026-03-01T09:00:00Z');
const lastAttempt = { number: 1, startedAt: '2026-03-01T08:00:00Z', reason: 'timeout', message: null, response: '' };
const deferral = { handlerId: 'h', lastAttempt } as unknown as Parameters<typeof retryOutcome>[1];

function event(attempt: object | undefined, test = false): EventDetailsView {
  const made = { startedAt: '2026-03-01T08:59:59Z', reason: null, nextAttemptAt: null, ...attempt };
  const executions = [{ handlerId: 'h', test, attempts: attempt ? [made] : [] }];
  return { status: 'waiting', executions } as unknown as EventDetailsView;
}

describe('what came of a retry', () => {
  it.each<[string, EventDetailsView, string | undefined]>([
    ['is not known before an attempt', event(undefined), undefined],
    ['is not the attempt before it', event({ ...lastAttempt, outcome: 'retryable' }), undefined],
    ['is not a test of the handler', event({ outcome: 'success' }, true), undefined],
    ['is a success', event({ outcome: 'success' }), 'succeeded'],
    ['is a failure', event({ outcome: 'permanent', reason: 'http_status' }), 'failed again: Error status'],
    [
      'is a failure with a next attempt',
      event({ outcome: 'retryable', reason: 'timeout', nextAttemptAt: '2026-03-01T09:05:00Z' }),
      'failed again: Timeout. Next attempt in 5 min',
    ],
  ])('%s', (_, details, words) => {
    expect(retryOutcome(details, deferral, now)?.words).toBe(words);
  });

  it('is the status of an event that had not started', () => {
    const notStarted = { handlerId: null, lastAttempt: null } as unknown as typeof deferral;
    const ended = { status: 'succeeded', executions: [] } as unknown as EventDetailsView;
    expect(retryOutcome({ ...ended, status: 'waiting' }, notStarted, now)).toBeUndefined();
    expect(retryOutcome(ended, notStarted, now)).toEqual({ words: 'succeeded', isGood: true });
  });
});
