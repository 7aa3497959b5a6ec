import type { Kept, Verdict } from '#conditions';
import type { DeferralReason, FailurePolicy, Reached } from '#contracts';
import type { Lane } from '../call/call.ts';
import type { Outcome } from '../call/outcome.ts';
import { isOpen, reachedByAll, resultsBefore, type Progress, type Step } from '../record/run.ts';
import type { RetryPolicy } from './handler-catalog.ts';
import { conditionFailed, judge, type ClosingReason, type Judgement } from './judgement.ts';

// The rules of an event's way through its plan, as pure functions: no clock, no I/O. `PlanRunner` does what they say.

/** What the rules need to know of a handler. */
export interface Rules {
  readonly onFailure: FailurePolicy;
  readonly retry: RetryPolicy;
  /** Whether there is one matters here, not what it says. */
  readonly condition?: unknown;
}

/** An event in the middle of its plan, and all that decides what comes next. */
export interface Situation {
  readonly progress: Progress;
  /** The handlers as they are now; one that is missing is no longer enabled. */
  readonly handlers: { handler(id: string): Rules | undefined };
  readonly lane: Lane;
  /** The handler whose execution waited when a person asked for its next attempt now; null when no person did. */
  readonly urgent: string | null;
  /** True for an execution that is already detached. */
  readonly detached: boolean;
  /** True when a person gives the execution up that would be next. */
  readonly giveUp: boolean;
  readonly isTest: boolean;
  /** Why the next step cannot come to its end now. */
  readonly wait?: Wait | undefined;
}

export interface Wait {
  readonly reason: DeferralReason;
  readonly delayMs: number;
  /** The handler or target whose hold it is, with the reason `held`. */
  readonly heldBy?: string | undefined;
}

/** An execution that failed. */
interface Failing {
  /** Handlers of the plan that are not called because of it; empty unless it has failed. */
  readonly skips: readonly string[];
}

/** What comes next, with the situation that it makes. */
export type Move = Ask | Call | Close | Detach | Defer | End;

/** Evaluate the condition of the step's handler. */
export interface Ask {
  readonly do: 'ask';
  readonly step: Step;
  readonly then: Situation;
}

/** Call the step's handler. */
export interface Call {
  readonly do: 'call';
  readonly step: Step;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** True when a person wants it made now: before it is due, and whatever the circuit says. */
  readonly urgent: boolean;
  readonly then: Situation;
}

/** Record the result of an attempt. */
export interface Note extends Judgement, Failing {
  readonly do: 'note';
  readonly attempt: number;
  /** Milliseconds since 1970; null when no attempt follows, or when it follows at once. */
  readonly nextAttemptAt: number | null;
  readonly then: Situation;
}

/** Write down that no attempt follows, though the last one was not the end. */
export interface Close extends Failing {
  readonly do: 'close';
  readonly step: Step;
  readonly status: 'failed' | 'skipped';
  readonly reason: ClosingReason;
  readonly then: Situation;
}

/** Detach an execution from the rest of the event. */
export interface Detach extends Wait {
  readonly do: 'detach';
  readonly step: Step;
  /** Of the execution alone. */
  readonly progress: Progress;
  readonly then: Situation;
}

/** Put the event into the slow lane. */
export interface Defer extends Wait {
  readonly do: 'defer';
  readonly step: Step;
  readonly progress: Progress;
  readonly failed: boolean;
}

/** Nothing is left to be done here. */
export interface End {
  readonly do: 'end';
  readonly status: 'succeeded' | 'failed';
  /** Handlers of the plan that were passed over. */
  readonly skipped: readonly string[];
  /** Handlers that were disabled, of the plan or left out of it. */
  readonly disabled: readonly string[];
}

/** The result of a call. */
export interface Called {
  readonly outcome: Outcome;
  /** What later handlers can read of the answer. */
  readonly kept?: Kept | undefined;
  readonly reached: Reached;
  /** Between 0 and 1: spreads retries. */
  readonly chance: number;
}

/** The call could not be made now: the slow lane makes it. */
export interface Refused {
  readonly refused: Extract<DeferralReason, 'handler_busy' | 'circuit_open' | 'held_long' | 'held' | 'rate_limited'>;
  /** The handler or target whose hold it is, with `held`. */
  readonly heldBy?: string;
}

/** What the condition says of the event. */
export interface Answered {
  readonly verdict: Verdict;
}

/** Where the slow lane puts something back that it took too soon. */
const putBackMs = 1_000;
/** What waits for one of these keeps its place: the slow lane does not take it up again before that has changed. */
const keepsPlace: ReadonlySet<DeferralReason> = new Set(['held', 'rate_limited']);

/**
 * What comes next for an event, after the result of the last move.
 *
 * @param now Milliseconds since 1970, by the database's clock.
 * @param last The result of a call, or of a condition.
 */
export function next(situation: Situation, now: number, last: Called): Note;
export function next(situation: Situation, now: number, last: Answered): Move | Note;
export function next(situation: Situation, now: number, last?: Refused): Move;
export function next(situation: Situation, now: number, last?: Called | Answered | Refused): Move | Note {
  if (!last) return upcoming(situation, now);
  const step = situation.progress.steps.find(isOpen)!;
  if ('outcome' in last) return note(situation, step, last, now);
  if ('verdict' in last) return answered(situation, step, last.verdict, now);
  const { refused: reason, heldBy } = last;
  const delayMs = situation.lane === 'fast' || keepsPlace.has(reason) ? 0 : putBackMs;
  return waiting(situation, step, { reason, delayMs, ...(heldBy !== undefined && { heldBy }) });
}

function upcoming(situation: Situation, now: number): Move {
  const { progress, handlers, urgent, giveUp, isTest, wait } = situation;
  let steps = progress.steps;
  for (const [index, step] of steps.entries()) {
    if (step.status === 'failed' && stopsRest(handlers, step, steps.slice(index + 1))) {
      return end(
        progress,
        steps.map((other) => (isOpen(other) ? { ...other, status: 'skipped' } : other)),
      );
    }
    if (!isOpen(step)) continue;
    const here = steps === progress.steps ? situation : { ...situation, progress: { ...progress, steps } };
    if (wait) return waiting(here, step, wait);
    if (giveUp) return close({ ...here, giveUp: false }, step, 'failed', 'given_up');
    const handler = handlers.handler(step.handlerId);
    if (!handler) {
      if (step.status === 'waiting') return close(here, step, 'skipped', 'handler_disabled');
      // One that was never tried has nothing in the journal that would stay open.
      steps = steps.with(index, { ...step, status: 'skipped', disabled: true });
      continue;
    }
    const isUrgent = step.handlerId === urgent;
    const early = (step.dueAt ?? 0) - now;
    if (early > 0 && !isUrgent) return waiting(here, step, { reason: 'retry', delayMs: early });
    // What was tried already has been found to be for the handler; a test asks no condition.
    if (handler.condition && !step.met && step.status === 'pending' && !isTest) return { do: 'ask', step, then: here };
    const then = urgent === null ? here : { ...here, urgent: null };
    return { do: 'call', step, attempt: step.attempts + 1, urgent: isUrgent, then };
  }
  return end(progress, steps);
}

function answered(situation: Situation, step: Step, verdict: Verdict, now: number): Move | Note {
  switch (verdict.kind) {
    case 'met':
      return upcoming(replaced(situation, { ...step, met: true }), now);
    case 'unmet':
      return close(situation, step, 'skipped', 'condition_unmet');
    case 'failed':
      return note(situation, step, { outcome: conditionFailed(verdict.message), reached: 'no', chance: 0 }, now);
  }
}

function note(situation: Situation, before: Step, called: Called, now: number): Note {
  const { outcome, reached, chance, kept } = called;
  // A handler cannot be gone here: it was called, or its condition asked, out of the same catalog.
  const { retry } = situation.handlers.handler(before.handlerId)!;
  const judgement = judge(before, outcome, retry, chance, situation.isTest);
  const { status, delayMs } = judgement;
  const nextAttemptAt = delayMs > 0 ? now + delayMs : null;
  const step = {
    ...judgement.step,
    reached: reachedByAll(before.reached, reached),
    dueAt: nextAttemptAt ?? undefined,
    ...(kept && { kept }),
  };
  const then = replaced(situation, step);
  return {
    do: 'note',
    ...judgement,
    step,
    attempt: before.attempts + 1,
    nextAttemptAt,
    skips: status === 'failed' ? skippedBy(situation, step) : none,
    then: status === 'waiting' ? { ...then, wait: { reason: 'retry', delayMs } } : then,
  };
}

function close(situation: Situation, step: Step, status: Close['status'], reason: ClosingReason): Close {
  const skips = status === 'failed' ? skippedBy(situation, step) : none;
  return { do: 'close', step, status, reason, skips, then: replaced(situation, { ...step, status }) };
}

/** A step that cannot end now is detached if its handler says so; otherwise the event waits with it. */
function waiting(situation: Situation, step: Step, wait: Wait): Detach | Defer {
  const { progress, handlers, detached } = situation;
  if (handlers.handler(step.handlerId)?.onFailure !== 'detach' || detached) {
    return { do: 'defer', step, ...wait, progress, failed: progress.steps.some(hasFailed) };
  }
  const results = resultsBefore(progress, step.position);
  const alone = { revision: progress.revision, steps: [step], ...(results.length > 0 && { results }) };
  const then = { ...replaced(situation, { ...step, status: 'detached' }), wait: undefined };
  return { do: 'detach', step, ...wait, progress: alone, then };
}

function end({ disabled: leftOut = [] }: Progress, steps: readonly Step[]): End {
  const skipped = steps.filter(({ status }) => status === 'skipped').map(({ handlerId }) => handlerId);
  const disabled = steps.filter((step) => step.disabled).map(({ handlerId }) => handlerId);
  return {
    do: 'end',
    status: steps.some(hasFailed) ? 'failed' : 'succeeded',
    skipped,
    disabled: [...disabled, ...leftOut],
  };
}

function replaced(situation: Situation, step: Step): Situation {
  const { progress } = situation;
  const steps = progress.steps.map((other) => (other.position === step.position ? step : other));
  return { ...situation, progress: { ...progress, steps } };
}

const stops: Record<FailurePolicy, boolean> = { stop: true, continue: false, detach: false };

/**
 * The one place that says what the failure of a handler means for those after it.
 *
 * @param handler Undefined when it is no longer there to say; then nothing begins that it might have wanted stopped.
 * @param after The steps after it. What has begun of them shows that the handler let them.
 */
function stopsOthers(handler: Rules | undefined, after: readonly Step[]): boolean {
  return handler ? stops[handler.onFailure] : after.every(({ status }) => status === 'pending');
}

/** Whether no step after this one is called, which has failed. */
function stopsRest(handlers: Situation['handlers'], { handlerId, passed }: Step, after: readonly Step[]): boolean {
  return !passed && stopsOthers(handlers.handler(handlerId), after);
}

const none: readonly string[] = [];

/** Handlers that are not called because this step has failed. */
function skippedBy({ progress, handlers }: Situation, step: Step): readonly string[] {
  const after = progress.steps.filter(({ position }) => position > step.position);
  return stopsRest(handlers, step, after) ? after.filter(isOpen).map(({ handlerId }) => handlerId) : none;
}

function hasFailed({ status }: Step): boolean {
  return status === 'failed';
}
