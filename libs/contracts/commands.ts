import type { AttemptResponse } from './attempt-response.ts';
import type { OutcomeKind, Reached } from './outcome.ts';

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
  reached: Reached;
  response: AttemptResponse;
  /** A JSON object of the values that are kept of the answer; null: none. */
  kept: string | null;
  startedAt: string;
  durationMs: number;
  revision: number;
  executorId: string;
}
