/** Thrown by a handler: trying again is of no use. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  readonly code = 'permanent_failure';
}

/** Thrown by a handler: try again, and not before so many seconds, where that is known. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly code = 'retry_later';
  readonly seconds: number | undefined;

  constructor(message: string, seconds?: number, options?: ErrorOptions) {
    super(message, options);
    this.seconds = seconds;
  }
}
