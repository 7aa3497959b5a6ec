/** The right to work on an event, which can be lost. */
export interface Hold {
  /** Fires when it is lost; what runs is to be ended. */
  readonly signal: AbortSignal;
  /** To be called before each step that others would see. @throws The signal's reason when the right is lost. */
  assertOurs(): void;
}
