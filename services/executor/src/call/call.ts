import type { BillingEvent, EventFormat, Task, TaskType, Tasks } from '#contracts';
import { traceparentOfExecution } from '#templates';
import type { AttemptResult } from './outcome.ts';
import type { TokenAuth } from './token-auth.ts';

/** A secret that HTTP calls are signed with. */
export interface SigningKey {
  readonly key: Buffer;
  /** From then on it signs no more; null: until it is replaced. */
  readonly expiresAt: Date | null;
}

/** One attempt to be made. */
export interface Call<T extends Task = Task> {
  readonly task: T;
  readonly handlerId: string;
  readonly timeoutMs: number;
  readonly event: BillingEvent;
  readonly format: EventFormat;
  /** What it carries: the event in that format, as JSON, or the handler's own body. */
  readonly body: string;
  /** Of a body that the handler makes itself; absent: it is the event. */
  readonly contentType?: string | undefined;
  /** The same for every attempt of this handler for this event, also after a redelivery. */
  readonly executionId: string;
  /** From 1. */
  readonly attempt: number;
  /** When it begins, by the database's clock. */
  readonly startedAt: Date;
  /** What the call is signed with, for runners that can sign. */
  readonly signing?: readonly SigningKey[];
  /** Where it gets its access token, for runners that can send one. */
  readonly tokens?: TokenAuth;
  /** W3C trace context that the call carries on; null: there is none. */
  readonly traceparent: string | null;
}

/** Makes calls of one type of task. */
export interface Runner<T extends Task = Task> {
  /**
   * Makes one attempt and says how it ended, whatever happens, within the call's timeout.
   *
   * @param signal When it fires the call is ended at once, with outcome `aborted`.
   * @param assertOurs Throws when the call is no longer ours to make. To be called immediately before it leaves: this
   *   process may have been suspended while it connected, and another executor may have the event by now. Then nothing
   *   leaves, and the outcome is `aborted`.
   */
  run(call: Call<T>, signal: AbortSignal, assertOurs: () => void): Promise<AttemptResult>;
}

/** Where no other executor can have the event. */
export const alwaysOurs = (): void => undefined;

/** The runner of each type of task. */
export type Runners = { readonly [T in TaskType]: Runner<Tasks[T]> };

/** The W3C trace context that a call carries: the one that it was given, or else one of its execution. */
export function traceparentOf({ traceparent, executionId, attempt }: Call): string {
  return traceparent ?? traceparentOfExecution(executionId, attempt);
}
