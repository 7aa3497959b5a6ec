import type { Behaviour } from './temper.ts';

/** One call of a handler, as its receiver saw it. Times are milliseconds of this process's monotonic clock. */
export interface CallRecord {
  readonly handler: string;
  readonly eventId: string;
  readonly executionId: string;
  readonly attempt: number;
  readonly startedAt: number;
  /** What the receiver did; undefined while it makes up its mind, and when the caller went away before. */
  behaviour?: Behaviour;
  /**
   * When the receiver answered or closed the connection, which is before the caller can know; or when the caller went
   * away. Undefined while the call is open.
   */
  endedAt?: number;
}

/** True when the receiver has answered that all went well, whether or not the caller lived to read it. */
export function succeeded(call: CallRecord): boolean {
  return call.behaviour === 'success' && call.endedAt !== undefined;
}

/** Every call that any receiver got, in the order in which they began. */
export class CallLog {
  readonly #calls: CallRecord[] = [];

  add(call: CallRecord): void {
    this.#calls.push(call);
  }

  get calls(): readonly CallRecord[] {
    return this.#calls;
  }
}
