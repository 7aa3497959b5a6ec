/** What is particular to one message. */
export interface RecordOptions {
  /** How long an answer is waited for, milliseconds. */
  readonly timeoutMs?: number;
  /** How long the broker keeps the message for a listener, milliseconds. */
  readonly keptMs?: number;
}

/** Data for an `AmqpClient`, with what is particular to its message, as NestJS' own clients have records. */
export class AmqpRecord {
  readonly data: object;
  readonly options: RecordOptions;

  constructor(data: object, options: RecordOptions) {
    this.data = data;
    this.options = options;
  }
}
