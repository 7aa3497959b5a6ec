import type { ExecutionStatus, FailurePolicy } from '#contracts';
import type { Outcome } from './outcome.ts';

/** What follows for the chain when a handler has come to an end. */
export type Verdict = 'go-on' | 'stop';

const afterFailure: Record<FailurePolicy, Verdict> = { stop: 'stop', continue: 'go-on', detach: 'go-on' };

/** The one place that says what an outcome means for the execution. */
export function executionStatus(outcome: Outcome): Exclude<ExecutionStatus, 'skipped'> {
  if (outcome.kind === 'success') return 'succeeded';
  // An attempt that we took back ourselves is made again when its event is delivered again.
  return outcome.reason === 'aborted' ? 'waiting' : 'failed';
}

/** The one place that says what a finished execution means for the handlers after it. */
export function verdict(status: 'succeeded' | 'failed', policy: FailurePolicy): Verdict {
  return status === 'succeeded' ? 'go-on' : afterFailure[policy];
}
