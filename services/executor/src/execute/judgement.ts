import { longestRetryAfterMs, permanent, retryable, type Outcome } from '../call/outcome.ts';
import type { Step } from '../record/run.ts';
import type { RetryPolicy } from './handler-catalog.ts';

/** With these the target was not called, or we took the call back ourselves: no attempt of the handler's is used up. */
const ownFaults = new Set<string>([
  'aborted',
  'auth_unavailable',
  'dns_unavailable',
  'executor_resources',
  'spawn_failed',
  'script_host_lost',
  'secrets_unavailable',
  'email_login_refused',
  'email_not_configured',
]);

/** Whether an outcome says something of the target; if not, it does not count as an attempt. */
export function isCounted(outcome: Outcome): boolean {
  return outcome.kind === 'success' || !ownFaults.has(outcome.reason);
}

/** What an attempt means for its execution. */
export interface Judgement {
  /** As it is held against the handler. */
  readonly outcome: Outcome;
  readonly status: 'succeeded' | 'failed' | 'waiting';
  /** Between the end of this attempt and the next one, milliseconds; 0 unless it waits. */
  readonly delayMs: number;
  /** Whether it uses up one of the handler's attempts. */
  readonly counted: boolean;
  /** The step from here on. */
  readonly step: Step;
}

/**
 * What we could not do ourselves is tried again soon, and less often each time: that may last as long as a name server
 * is away, each try is a row in the journal, and no try is the last.
 */
const ownFaultDelaysMs = [5_000, 10_000, 20_000, 40_000, 60_000] as const;
/** Only a person can repair this, and can also retry it at once; until then, each try is a row in the journal. */
const lockedDelayMs = 60_000;
const lockedReasons = new Set<string>(['secrets_unavailable', 'email_not_configured', 'email_login_refused']);
/** Added at random, as a part of the wait: those that failed together are not all tried again at the same moment. */
const jitter = 0.1;
/** So often the loss of the script host is taken for bad luck of an execution. The next is held against it. */
const mostHostLosses = 2;

/**
 * The one place that says what an outcome means for the execution.
 *
 * @param chance Between 0 and 1: spreads retries.
 * @param isTest A test is made once, whatever comes of it.
 */
export function judge(step: Step, ended: Outcome, retry: RetryPolicy, chance: number, isTest: boolean): Judgement {
  const isHostLost = ended.kind !== 'success' && ended.reason === 'script_host_lost';
  const hostLosses = (step.hostLosses ?? 0) + 1;
  // A script that kills its host would be run again without end, and take other scripts with it each time.
  const outcome = isHostLost && hostLosses > mostHostLosses ? hostLostAgain(hostLosses) : ended;
  const counted = isCounted(outcome);
  const uncounted = step.uncounted ?? 0;
  const number = step.attempts + 1;
  const ofPolicy = number - (step.resumedAt ?? 0);
  const delayMs = isTest ? undefined : delayAfter(outcome, ofPolicy, uncounted, retry, chance);
  const status = outcome.kind === 'success' ? 'succeeded' : delayMs === undefined ? 'failed' : 'waiting';
  return {
    outcome,
    status,
    delayMs: delayMs ?? 0,
    counted,
    step: {
      ...step,
      status,
      ...(counted ? { attempts: number, uncounted: 0 } : { uncounted: uncounted + 1 }),
      ...(isHostLost && { hostLosses }),
      ...(outcome.kind !== 'success' && { cause: outcome.reason }),
    },
  };
}

/** Milliseconds until the next attempt, or undefined when none follows. */
function delayAfter(
  outcome: Outcome,
  number: number,
  uncounted: number,
  { maxAttempts, waitsMs }: RetryPolicy,
  chance: number,
): number | undefined {
  if (outcome.kind !== 'retryable') return undefined;
  // It was taken back by us, and is made by the executor that has the event next.
  if (outcome.reason === 'aborted') return 0;
  if (lockedReasons.has(outcome.reason)) return lengthened(lockedDelayMs, chance);
  if (!isCounted(outcome)) {
    return lengthened(ownFaultDelaysMs[Math.min(uncounted, ownFaultDelaysMs.length - 1)]!, chance);
  }
  if (number >= maxAttempts) return undefined;
  const scheduled = waitsMs[Math.min(number, waitsMs.length) - 1]!;
  // What the target asks for is never lengthened beyond its limit. The schedule has none.
  const asked = Math.min(lengthened(outcome.retryAfterMs ?? 0, chance), longestRetryAfterMs);
  return Math.max(lengthened(scheduled, chance), asked);
}

function lengthened(waitMs: number, chance: number): number {
  return waitMs + Math.ceil(waitMs * jitter * chance);
}

function hostLostAgain(losses: number): Outcome {
  const message =
    `the process that starts scripts died or stood still ${losses} times while this script ran; ` +
    'see whether the script signals other processes, and set SCRIPT_USER';
  return retryable('script_host_lost_again', message);
}

/** Why an execution comes to its end without an attempt. */
export type ClosingReason = keyof typeof closingWords;

const closingWords = {
  given_up: 'an administrator gave it up',
  handler_disabled: 'the handler was disabled or archived while the execution waited',
  condition_unmet: "the handler's condition is false for this event",
};

/** What the record says that closes an execution. */
export function closingOutcome(reason: ClosingReason): Outcome {
  return permanent(reason, closingWords[reason]);
}

/** How an attempt ends whose condition cannot be evaluated. */
export function conditionFailed(message: string): Outcome {
  return permanent('condition_failed', `its condition cannot be evaluated: ${message}`);
}
