/** Thrown by a handler: a retry would not help. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  readonly code = 'permanent_failure';
}

/** Thrown by a handler: retry, not before this number of seconds, if it is known. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly code = 'retry_later';
  readonly seconds: number | undefined;

  constructor(message: string, seconds?: number, options?: ErrorOptions) {
    super(message, options);
    this.seconds = seconds;
  }
}
