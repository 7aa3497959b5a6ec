/**
 * Why an event waits in the slow lane. The codes are stable.
 *
 * - `retry`: an attempt failed, and the next one is due later.
 * - `resume`: a failed event is resumed, and its turn has come.
 * - `handler_busy`: the handler is at its concurrency limit.
 * - `circuit_open`: the circuit breaker of the handler, or of its target, is open.
 * - `held`: the handler or its target is held.
 * - `rate_limited`: the target takes no more calls now.
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
  'held',
  'rate_limited',
  'slow_key',
  'held_long',
  'behind',
  'internal_error',
] as const;
export type DeferralReason = (typeof deferralReasons)[number];

/** Stands for the handler of an event that has no plan yet. */
export const noHandler = '00000000-0000-0000-0000-000000000000';

/** How the calls of a handler, or of all handlers of a target, fare on one executor. */
export interface CircuitReport {
  /** Of a handler that calls no target. */
  handlerId?: string;
  targetId?: string;
  open: boolean;
  /** When it last opened, ISO 8601. */
  openedAt: string;
  /** How often it has opened since the executor started. */
  openings: number;
}
