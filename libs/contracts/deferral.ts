/**
 * Why an event waits in the slow lane. The codes are stable.
 *
 * - `retry`: an attempt failed, and the next one is due later.
 * - `resume`: a failed event is resumed, and its turn has come.
 * - `handler_busy`: the handler is at its concurrency limit.
 * - `circuit_open`: the circuit breaker of the handler is open.
 * - `slow_key`: earlier events of the key took long.
 * - `held_long`: the broker would not wait any longer for the acknowledgement.
 * - `behind`: an earlier event of the key waits.
 * - `internal_error`: a defect of ours; the event is tried again.
 */
export const deferralReasons = [
  'retry',
  'resume',
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
