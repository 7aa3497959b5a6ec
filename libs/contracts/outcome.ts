/** How one attempt ended: `retryable` may succeed when tried again, `permanent` will not. */
export const outcomeKinds = ['success', 'retryable', 'permanent'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** Where an execution stands; `waiting`: its next attempt is in the slow lane. */
export const executionStatuses = ['succeeded', 'failed', 'waiting', 'skipped'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** Where an event stands; `duplicate`: its id was seen before, and nothing was run. */
export const eventStatuses = ['succeeded', 'failed', 'waiting', 'duplicate'] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** What an HTTP target answered. Text is UTF-8 with U+FFFD for what is not. */
export interface HttpResponseRecord {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** True when the reply was longer than what is kept. */
  truncated: boolean;
}

/** How a script ended and what it printed. */
export interface ScriptResultRecord {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  truncated: boolean;
}

/** What the journal keeps of the other side's answer. */
export interface AttemptResponse {
  http?: HttpResponseRecord;
  script?: ScriptResultRecord;
}

/** How much of a reply, and of stdout and stderr each, is kept. */
export const maxKeptResponseBytes = 64 * 1024;
