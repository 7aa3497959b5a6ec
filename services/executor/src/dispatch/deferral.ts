import type { DeferralReason } from '#contracts';
import type { Progress } from './progress.ts';

/** An event, or a part of one, that goes to the slow lane. */
export interface Deferral {
  /** What waits with it: the event's partition key, or the execution's id when it is detached and holds nobody. */
  readonly key: string;
  readonly detached: boolean;
  /** The handler that it waits for. */
  readonly handlerId: string;
  readonly reason: DeferralReason;
  /** From now on; 0: as soon as may be. */
  readonly delayMs: number;
  /** Null when the event has not begun. */
  readonly progress: Progress | null;
}

/** What has become of an event, or of a part of one, when nothing more is to be done with it now. */
export interface EventEnd {
  /** Whether an execution has failed. */
  readonly failed: boolean;
  /** Ids of the handlers that were passed over, in the order of the plan. */
  readonly skipped: readonly string[];
  /** How the event itself goes on, or null when it is at its end. */
  readonly rest: Deferral | null;
  /** Executions that go on beside it. */
  readonly detached: readonly Deferral[];
}
