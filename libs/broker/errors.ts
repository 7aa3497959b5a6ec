/** What can go wrong between us and the broker; the code is stable. */
export type BrokerErrorCode =
  /** There is no connection at the moment. */
  | 'disconnected'
  /** A certificate is not accepted, the broker's by us or ours by the broker. */
  | 'certificate'
  /** The broker does not take our login, or we cannot read it. */
  | 'credentials'
  /** No queue takes the message. */
  | 'unroutable'
  /** The broker refused the message. */
  | 'refused'
  /** The broker did not answer in time, for example because it blocks publishers. */
  | 'timeout'
  /** An exchange or queue exists with other properties, or a plugin is missing. */
  | 'topology';

export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly code: BrokerErrorCode;

  constructor(code: BrokerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
