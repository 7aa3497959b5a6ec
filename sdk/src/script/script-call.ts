import type { DeliveredEvent } from '../events/delivered-event.ts';

/** What is known of a call of a script beside its event. */
export interface ScriptCall {
  /** The same for every attempt, and after a redelivery. */
  readonly executionId: string;
  /** From 1. */
  readonly attempt: number;
}

/** Does the work of a script. */
export type ScriptWork = (event: DeliveredEvent, call: ScriptCall) => unknown;
