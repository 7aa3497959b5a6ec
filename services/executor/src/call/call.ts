import { TransientSet } from '#collections';
import type { BillingEvent, EventFormat, Task, TaskType, Tasks } from '#contracts';
import { traceparentOfExecution } from '#templates';
import type { AttemptResult } from './outcome.ts';
import type { TokenAuth } from './opened-target.ts';

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
  readonly signing?: readonly SigningKey[] | undefined;
  /** Where it gets its access token, for runners that can send one. */
  readonly tokens?: TokenAuth | undefined;
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

/**
 * Which way an event goes. In the fast lane its message is held unacknowledged and nothing may wait for long; in the
 * slow lane it waits in the database.
 */
export type Lane = 'fast' | 'slow';

/** The right to work on an event, which can be lost. */
export interface Hold {
  readonly lane: Lane;
  /** Fires when it is lost; what runs is to be ended. */
  readonly signal: AbortSignal;
  /** To be called before each step that others would see. @throws The signal's reason when the right is lost. */
  assertOurs(): void;
  /**
   * Sees to it that the right outlasts a call. False when it cannot: the call has to be made from the slow lane.
   *
   * @param milliseconds How long the call may take.
   * @throws The signal's reason when the right is lost.
   */
  outlasts(milliseconds: number): boolean | Promise<boolean>;
}

/** One limit over everything that belongs to a call: its time is up, or the executor takes it back. */
export class Deadline {
  /**
   * The calls that end with a signal. All of a session have the same one, and it has one listener for all of them:
   * adding and removing a listener takes longer than all the rest of a deadline.
   */
  static readonly #bySignal = new WeakMap<AbortSignal, TransientSet<Deadline>>();
  readonly #together: TransientSet<Deadline>;
  readonly #timer: NodeJS.Timeout;
  #cause: 'timeout' | 'aborted' | undefined;
  #onOver: (() => void) | undefined;

  readonly timeoutMs: number;

  /** @param outer Fires when the executor takes the call back. */
  constructor(timeoutMs: number, outer: AbortSignal) {
    this.timeoutMs = timeoutMs;
    this.#timer = setTimeout(() => this.#end('timeout'), timeoutMs);
    this.#together = Deadline.#endingWith(outer);
    if (outer.aborted) this.takeBack();
    else this.#together.add(this);
  }

  static #endingWith(signal: AbortSignal): TransientSet<Deadline> {
    const known = this.#bySignal.get(signal);
    if (known) return known;
    const deadlines = new TransientSet<Deadline>();
    this.#bySignal.set(signal, deadlines);
    const takeBack = () => {
      for (const deadline of deadlines) deadline.takeBack();
    };
    signal.addEventListener('abort', takeBack, { once: true });
    return deadlines;
  }

  /** Ends the call as one that the executor takes back. */
  takeBack(): void {
    this.#end('aborted');
  }

  /** Has something done when the call has to end, which may be at once. What was given before is not done any more. */
  whenOver(act: () => void): void {
    this.#onOver = act;
    if (this.#cause) act();
  }

  /** Why the call has to end, or undefined while it has not. */
  get cause(): 'timeout' | 'aborted' | undefined {
    return this.#cause;
  }

  /** To be called when the call has ended, so that nothing is left behind. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#together.delete(this);
  }

  #end(cause: 'timeout' | 'aborted'): void {
    if (this.#cause) return;
    this.#cause = cause;
    this.#onOver?.();
  }
}
