import { describe, expect, it } from '@jest/globals';
import type { ExecutionStatus, FailurePolicy } from '#contracts';
import { executionStatus, verdict, type Verdict } from './failure-policy.ts';
import { permanent, retryable, success, type Outcome } from './outcome.ts';

describe('what an outcome means for the execution', () => {
  it.each<[what: string, outcome: Outcome, status: ExecutionStatus]>([
    ['success', success, 'succeeded'],
    ['a permanent failure', permanent('http_status', 'the target answered 400'), 'failed'],
    ['a failure that may pass', retryable('timeout', 'no complete reply within 10 ms'), 'failed'],
    ['a call that we took back ourselves', retryable('aborted', 'the executor took the call back'), 'waiting'],
  ])('%s', (_what, outcome, status) => {
    expect(executionStatus(outcome)).toBe(status);
  });
});

describe('what an ended execution means for the handlers after it', () => {
  it.each<[status: 'succeeded' | 'failed', policy: FailurePolicy, verdict: Verdict]>([
    ['succeeded', 'stop', 'go-on'],
    ['succeeded', 'continue', 'go-on'],
    ['succeeded', 'detach', 'go-on'],
    ['failed', 'stop', 'stop'],
    ['failed', 'continue', 'go-on'],
    ['failed', 'detach', 'go-on'],
  ])('%s with onFailure %s: %s', (status, policy, expected) => {
    expect(verdict(status, policy)).toBe(expected);
  });
});
