/** What becomes of a delivery: `done` acknowledges it, `left` leaves it for whoever gets it after this session. */
export type Settlement = 'done' | 'left';

/** A message for a queue, through the default exchange. */
export interface Forwarded {
  queue: string;
  content: Buffer;
  messageId: string;
  contentType: string;
  headers: Record<string, string>;
}

/** A message as it was delivered. */
export interface Delivery {
  readonly queue: string;
  readonly content: Buffer;
  readonly exchange: string;
  readonly routingKey: string;
  /** True when it was delivered before, to whomever. */
  readonly redelivered: boolean;
  readonly messageId: string | undefined;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Whether as many messages of its queue are held now as may be, so that others wait at the broker until one is settled. */
  readonly crowded: boolean;
  /** Fires when the message is no longer ours: the broker is about to hand it to somebody else. */
  readonly signal: AbortSignal;
  /** To be called before work on it begins; false when it must not begin any more, since the consumer stops or is lost. */
  begin(): boolean;
  /**
   * To be called before each step of the work that others would see.
   *
   * @throws The reason of {@link signal} when the message is no longer ours, also when that shows only now: a process that was
   *   paused wakes up where it was, before it hears of anything.
   */
  assertOurs(): void;
  /**
   * Sends a message on, through the channel that this one came by: when that is lost, neither gets through any more.
   * Messages that are forwarded one after another arrive in that order. Resolves when the broker has taken charge of it.
   */
  forward(message: Forwarded): Promise<void>;
}
