import type { DeliveredEvent } from '../events/delivered-event.ts';

/** Facts about a call of a script, besides its event. */
export interface ScriptCall {
  /** The same for every attempt, and after a redelivery. */
  readonly executionId: string;
  /** From 1. */
  readonly attempt: number;
  /**
   * The raw input; of a persistent script the line, with `execution_id` and `attempt` in it. In `event`, a number with
   * more digits than JavaScript's numbers has lost some.
   */
  readonly text: string;
  /**
   * W3C trace context of the attempt, to pass on to further calls; a persistent script has it only for traced
   * events.
   */
  readonly traceparent?: string;
}

/** Does the work of a script. */
export type ScriptWork = (event: DeliveredEvent, call: ScriptCall) => unknown;
