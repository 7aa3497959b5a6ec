import type { AttemptResponse } from './attempt-response.ts';
import type { EventStatus, OutcomeKind } from './outcome.ts';

/** Through this queue the registry asks executors to do something; any of them does it and answers. */
export const commandQueue = 'provisor.commands';

/** Asks to try what a key waits for now rather than when it is due, whatever its circuit says. */
export const retryDeferralPattern = 'deferral.retry';
/** Asks to give up the execution that a key waits for, as though its attempts were used up. */
export const skipDeferralPattern = 'deferral.skip';

export interface DeferralCommand {
  key: string;
}

/** `running`: a call for the key is in flight, and can be neither hurried nor given up. */
export type DeferralAnswer = { kind: 'taken' } | { kind: 'not_waiting' } | { kind: 'running' };

/** Asks to try a handler, whatever its status, and answers with a {@link TestedAttempt}. */
export const testHandlerPattern = 'handler.test';

/**
 * The executor reads the handler's task from the database. So access to the queue allows tests of handlers, and nothing
 * else.
 */
export interface TestHandlerCommand {
  handlerId: string;
  /** A billing event as JSON text, with an id. */
  body: string;
  partitionKey: string;
  traceparent: string | null;
}

/** The attempt that a test made. Times are ISO 8601. */
export interface TestedAttempt {
  id: string;
  executionId: string;
  eventId: string;
  number: number;
  outcome: OutcomeKind;
  reason: string | null;
  message: string | null;
  response: AttemptResponse;
  startedAt: string;
  durationMs: number;
  revision: number;
  executorId: string;
}

/** Says that there is a replay to be made, or one to be ended; it has no answer, as what counts is in the database. */
export const replayChangedPattern = 'replay.changed';

export interface ReplayChanged {
  replayId: string;
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
