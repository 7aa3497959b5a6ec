import type { RetryPolicy } from '../catalog/retry-policy.ts';
import { isCounted, type Outcome } from './outcome.ts';

/** What an attempt came to for its execution. */
export type Standing =
  | { readonly status: 'succeeded' | 'failed' }
  /** The next attempt is made when so many milliseconds have passed since this one ended, and not before. */
  | { readonly status: 'waiting'; readonly delayMs: number };

/** What we could not do ourselves is tried again soon, and not in a loop. */
const ownFaultDelayMs = 5_000;
/** Only a person mends this, who can also have it tried at once; until then each try is a row in the journal. */
const lockedDelayMs = 60_000;
/** Added at random, as a part of the wait: those that failed together are not all tried again at the same moment. */
const jitter = 0.1;

/**
 * The one place that says what an outcome means for the execution.
 *
 * @param attempt Number of the attempt, from 1.
 * @param random Between 0 and 1.
 */
export function standingAfter(outcome: Outcome, attempt: number, retry: RetryPolicy, random = Math.random): Standing {
  if (outcome.kind === 'success') return { status: 'succeeded' };
  if (outcome.kind === 'permanent') return { status: 'failed' };
  // It was taken back by us, and is made by whoever has the event next.
  if (outcome.reason === 'aborted') return { status: 'waiting', delayMs: 0 };
  if (outcome.reason === 'secrets_unavailable') {
    return { status: 'waiting', delayMs: lengthened(lockedDelayMs, random()) };
  }
  if (!isCounted(outcome)) return { status: 'waiting', delayMs: lengthened(ownFaultDelayMs, random()) };
  if (attempt >= retry.maxAttempts) return { status: 'failed' };
  const scheduled = retry.waitsMs[Math.min(attempt, retry.waitsMs.length) - 1]!;
  return { status: 'waiting', delayMs: lengthened(Math.max(scheduled, outcome.retryAfterMs ?? 0), random()) };
}

function lengthened(waitMs: number, random: number): number {
  return Math.ceil(waitMs * (1 + jitter * random));
}
