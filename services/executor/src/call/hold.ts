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
