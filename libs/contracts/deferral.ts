/**
 * Why an event waits in the slow lane. The codes are stable.
 *
 * `retry`: an attempt failed, and the next one has its time. `handler_busy`: the handler has as many calls under way as
 * it may. `circuit_open`: nearly all of the handler's recent calls failed. `slow_key`: the events of the key before it took
 * long. `held_long`: the broker would not wait any longer for its acknowledgement. `behind`: an event of the key before it
 * waits. `internal_error`: a fault of ours; it is tried again.
 */
export const deferralReasons = [
  'retry',
  'handler_busy',
  'circuit_open',
  'slow_key',
  'held_long',
  'behind',
  'internal_error',
] as const;
export type DeferralReason = (typeof deferralReasons)[number];

/** Stands for the handler of an event that has no plan yet. */
export const noHandler = '00000000-0000-0000-0000-000000000000';

/** How the calls of a handler fare on one executor. */
export interface CircuitReport {
  handlerId: string;
  open: boolean;
  /** When it last opened, ISO 8601. */
  openedAt: string;
  /** How often it has opened since the executor started. */
  openings: number;
}
