import type { EventStatus, Reached } from './outcome.ts';

/**
 * What an operation does to each of the events or keys that it is about.
 *
 * - `replay`: runs the event again from the start, with new execution ids.
 * - `resume`: continues the failed event where it stopped, with the same execution ids.
 * - `retry`: makes the next attempt of the waiting key now.
 * - `skip`: gives up the execution that the key waits for.
 */
export const operationKinds = ['replay', 'resume', 'retry', 'skip'] as const;
export type OperationKind = (typeof operationKinds)[number];

/**
 * Where an operation stands. `stopped`: its canary failed, and the rest is untouched. `cancelled`: a person ended it;
 * what has begun continues.
 */
export const operationStatuses = ['requested', 'running', 'finished', 'stopped', 'cancelled'] as const;
export type OperationStatus = (typeof operationStatuses)[number];

/** Tells executors that an operation was requested or cancelled. It has no answer: what counts is in the database. */
export const operationChangedPattern = 'operation.changed';

export interface OperationChanged {
  operationId: string;
}

/** Which events of the journal are replayed; what is not given does not matter. Times are ISO 8601. */
export interface ReplayFilter {
  /** Only events of which a handler has failed. */
  hasFailures?: true;
  type?: string;
  /** As JSON writes it, in each way that the filter's text can be meant: `12` and `"12"`. */
  objectIds?: string[];
  partitionKey?: string;
  status?: EventStatus[];
  /** Received then or later. */
  from?: string;
  /** Received before. */
  to?: string;
}

/** Which open failures are resumed, settled or assigned; what is not given does not matter. Times are ISO 8601. */
export interface FailureFilter {
  /** As billing gave it. */
  eventId?: string;
  handlerId?: string;
  event?: string;
  reason?: string;
  reached?: Reached;
  /** As in {@link ReplayFilter}. */
  objectIds?: string[];
  partitionKey?: string;
  assignee?: string;
  /** Failed then or later. */
  from?: string;
  /** Failed before. */
  to?: string;
}

/** Which waiting keys are retried or skipped; what is not given does not matter. */
export interface DeferralFilter {
  handlerId?: string;
  /** Only keys that wait for handlers of this target. */
  targetId?: string;
  /** Why they wait, or the reason of the attempt that failed last. */
  reason?: string;
  waitingLongerThanMs?: number;
  partitionKeys?: string[];
}
