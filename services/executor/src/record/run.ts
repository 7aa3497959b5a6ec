import type { Kept } from '#conditions';
import {
  executionId,
  type BillingEvent,
  type DeferralReason,
  type EventStatus,
  type ExecutionStatus,
  type Reached,
  type TaskType,
} from '#contracts';
import { traceparentOfSpan, type Span } from '#observability';
import type { AttemptResult } from '../call/outcome.ts';

/** Why an event is handled once more. */
export interface Replay {
  readonly id: string;
  /** The handlers that are to run; null: all of the plan. */
  readonly handlerIds: readonly string[] | null;
  /** W3C trace context in which the event was handled before, where it is known. */
  readonly trace?: string | undefined;
  /** The event that this one is an edited copy of. */
  readonly of?: EventOccurrence | undefined;
}

/** An event as billing has sent it; `occurredAt` is in milliseconds since 1970. */
export type EventOccurrence = Pick<BillingEvent, 'occurredAt'> & { readonly eventId: string };

/** A message that gives a failed event its turn among those of its key, so that it continues where it stopped. */
export interface Resume {
  readonly operationId: string;
  /** The journal's own id of the run that failed. */
  readonly journalId: string;
  /** The handlers whose failures are resumed; null: all that are open. */
  readonly handlerIds: readonly string[] | null;
}

/** What of a failed event is resumed. */
export interface Resumption {
  readonly operationId: string;
  /** Handlers whose failures are open, and how many attempts had failed by then. */
  readonly failed: readonly { readonly handlerId: string; readonly attempts: number }[];
  /** Handlers whose failures a person has settled: what they stopped may run. */
  readonly settled: readonly string[];
  /** Handlers that were not called because of an earlier failure, in the order of the plan. */
  readonly skipped: readonly string[];
}

/** An event as a message brought it. */
export interface Arrival {
  readonly event: BillingEvent;
  /** The body of the message. */
  readonly content: Buffer;
  /** Whether it may have arrived, and been begun, before. */
  readonly repeated: boolean;
  readonly replay: Replay | null;
  readonly resume: Resume | null;
}

/** One event on its way through its plan. */
export interface Run {
  /** The journal's own id of it. */
  readonly journalId: string;
  readonly event: BillingEvent;
  readonly receivedAt: Date;
  /** Of the catalog whose plan it runs. */
  readonly revision: number;
  /** Null when it came from billing. */
  readonly replay: Replay | null;
  /** Whether it failed before, and an operation resumes it. */
  readonly resumed: boolean;
  /** Given when it was made up to try a handler. */
  readonly testId: string | null;
  /** Whether an executor that was lost may have made calls of it that the journal does not know. */
  readonly again?: boolean;
  /** Of this stretch of its way; there while traces are on. */
  readonly span?: Span | undefined;
  /** What this stretch has added to the journal, which may not be committed yet. */
  readonly attempts: RecordedAttempt[];
}

export interface RecordedAttempt {
  readonly attempt: Attempt;
  /** Resolves when the journal has it, or with the reason why it cannot have it. */
  readonly committed: Promise<Error | undefined>;
}

/**
 * The state of an execution. `pending`: no attempt yet. `waiting`: an attempt failed, another follows. `detached`: it
 * continues apart from the rest of the event.
 */
export type StepStatus = 'pending' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'detached';

/** One handler of a plan, and where its execution stands. */
export interface Step {
  readonly handlerId: string;
  readonly taskType: TaskType;
  /** Place in the plan, from 1. */
  readonly position: number;
  readonly status: StepStatus;
  /** Attempts that were made and count. */
  readonly attempts: number;
  /** Those of them that were made before the execution was resumed: the retry policy counts from there. */
  readonly resumedAt?: number;
  /** What is known of all its attempts, see {@link reachedByAll}; undefined before the first. */
  readonly reached?: Reached;
  /** Reason of the attempt that failed last. */
  readonly cause?: string;
  /** True when its failure does not stop those after it: a person settled it, or its handler is gone. */
  readonly passed?: boolean;
  /** True when the handler's condition was asked, and held: it is not asked again, whatever it is by then. */
  readonly met?: boolean;
  /** Attempts that did not count since the last one that did. */
  readonly uncounted?: number;
  /** True when its handler was disabled or archived before it was tried. */
  readonly disabled?: boolean;
  /** How often the script host was lost in an attempt. */
  readonly hostLosses?: number;
  /** When its next attempt is due, milliseconds since 1970; undefined when there is none, or at once. */
  readonly dueAt?: number | undefined;
  /** What was kept of its answer, for the handlers after it. */
  readonly kept?: Kept | undefined;
}

/** True while the step has not come to its end, and is the event's to bring there. */
export function isOpen({ status }: Pick<Step, 'status'>): boolean {
  return status === 'pending' || status === 'waiting';
}

/** How far an event has come on its plan. While it waits it is kept as JSON, so that what is done is not done again. */
export interface Progress {
  /** Of the catalog that the plan is of. */
  readonly revision: number;
  /** In the order of the plan. */
  readonly steps: readonly Step[];
  /** Ids of the handlers that were disabled when the plan was made, and are not part of it. */
  readonly disabled?: readonly string[];
  /** What was kept of answers to handlers of the event that are not among the steps. */
  readonly results?: readonly Kept[];
}

/** What was kept of the answers to handlers before a place of the plan. */
export function resultsBefore({ steps, results = [] }: Progress, position: number): readonly Kept[] {
  const before = steps.filter((step) => step.position < position && step.kept !== undefined);
  return before.length === 0 ? results : [...results, ...before.map(({ kept }) => kept!)];
}

/** What the journal knows of an execution. */
export interface KnownExecution {
  readonly status: 'succeeded' | 'failed' | 'waiting' | 'skipped';
  /** Attempts that were made and count. */
  readonly attempts: number;
  /** When its next attempt is due, milliseconds since 1970; undefined when there is none, or at once. */
  readonly dueAt: number | undefined;
  /** Of all its attempts. */
  readonly reached: Reached;
  readonly taskType: TaskType;
  /** Place of the handler in the plan, from 1. */
  readonly position: number;
  /** What was kept of its answer. */
  readonly kept?: Kept | undefined;
}

/** What the journal knows of the executions of an event, by handler id. */
export type KnownExecutions = ReadonlyMap<string, KnownExecution>;

/** An attempt that was made, or the record of why no more are. */
export interface Attempt {
  /** As the journal has it. */
  readonly id: string;
  readonly run: Run;
  readonly handlerId: string;
  readonly taskType: TaskType;
  /** Place of the handler in the plan, from 1. */
  readonly position: number;
  readonly executionId: string;
  /** From 1. */
  readonly number: number;
  /** False when it does not use up one of the handler's attempts. */
  readonly counted: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly result: AttemptResult;
  /** What later handlers of the event can read of the answer. */
  readonly kept?: Kept | undefined;
  /** Where the execution stands now. */
  readonly status: ExecutionStatus;
  /** Milliseconds since 1970; null when there is no next attempt, or when it is made at once. */
  readonly nextAttemptAt: number | null;
  /** What the execution's failure tells beyond it; null unless it has failed with this. */
  readonly failure: FailureFacts | null;
}

/** What is known of an execution when it fails. */
export interface FailureFacts {
  /** Attempts that were made and count. */
  readonly attempts: number;
  /** Of all attempts. */
  readonly reached: Reached;
  /** Handlers of the plan that are not called because of it. */
  readonly skips: readonly string[];
}

/** An event, or a part of one, that goes to the slow lane. */
export interface Deferral {
  /** What waits with it: the event's partition key, or the execution's id when it is detached and holds up no event. */
  readonly key: string;
  readonly detached: boolean;
  /** The handler that it waits for. */
  readonly handlerId: string;
  readonly reason: DeferralReason;
  /** Reason of its attempt that failed last; null when none has. */
  readonly cause: string | null;
  /** From now on; 0: as soon as may be. */
  readonly delayMs: number;
  /** The handler or target whose hold it waits for, with the reason `held`. */
  readonly heldBy?: string | undefined;
  /** Null when the event has not begun. */
  readonly progress: Progress | null;
}

/** What has become of an event, or of a part of one, when nothing more is to be done with it now. */
export interface EventEnd {
  readonly status: EventStatus;
  /** Whether an execution has failed. */
  readonly failed: boolean;
  /** Ids of the handlers that were passed over, in the order of the plan. */
  readonly skipped: readonly string[];
  /** Ids of the handlers that did not run because they were disabled; each is reported once, when the event ends. */
  readonly disabled: readonly string[];
  /** How the event itself goes on, or null when it is at its end. */
  readonly rest: Deferral | null;
  /** Executions that go on beside it. */
  readonly detached: readonly Deferral[];
}

/** A run that was taken as far as it goes now, and how far that is. */
export interface EndedRun {
  readonly run: Run;
  readonly end: EventEnd;
}

/** What of an event goes to the slow lane: itself, and executions beside it. */
export function deferralsOf({ rest, detached }: EventEnd): readonly Deferral[] {
  return rest ? [rest, ...detached] : detached;
}

/** The W3C trace context in which a run is: of its span, or else the publisher's. */
export function traceparentOf({ span, event }: Pick<Run, 'span' | 'event'>): string | null {
  return span ? traceparentOfSpan(span) : event.traceparent;
}

/** What all attempts of an execution together say of whether a call has arrived: a doubt outweighs what is known. */
export function reachedByAll(before: Reached | undefined, last: Reached): Reached {
  if (before === 'maybe' || last === 'maybe') return 'maybe';
  return before === 'yes' || last === 'yes' ? 'yes' : 'no';
}

/** The execution that the event had when it came from billing: a replay's success settles the failure of that one. */
export function originOf({ event, replay, testId }: Run, handlerId: string): string {
  const { eventId, occurredAt } = replay?.of ?? { eventId: event.id, occurredAt: event.occurredAt };
  return executionId(eventId, occurredAt, handlerId, testId ?? undefined);
}

/** The execution of a handler in a run. A replay's executions, and a test's, are their own. */
export function executionOf({ event, replay, testId }: Run, handlerId: string): string {
  return executionId(event.id, event.occurredAt, handlerId, replay?.id ?? testId ?? undefined);
}
