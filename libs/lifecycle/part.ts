/** Something in a process that works from its start to its stop. */
export interface Part {
  /** For people: completes "… has not stopped". */
  readonly name: string;
  /**
   * Returns, or resolves, when the part works. A part without a start works from the beginning.
   *
   * @param stopping Fires when the process is to stop: what waits gives up, and what it fails with then is no failure.
   */
  readonly start?: (stopping: AbortSignal) => unknown;
  /**
   * Returns, or resolves, when nothing is left of the part. It is also called after a start that has failed or has not
   * ended.
   *
   * @param deadline Fires when running work has used up its time: the rest is aborted.
   */
  readonly stop?: (deadline: AbortSignal) => unknown;
  /** How long its stop is waited for, milliseconds. */
  readonly stopMs: number;
  /** Its stop finishes running work. The time for the stop then counts from the deadline on. */
  readonly finishesWork?: true;
}

/**
 * Parts in the order of their start; they stop in reverse. Those of a group start one after another, and stop side by
 * side.
 */
export type PartList = readonly (Part | readonly Part[])[];
