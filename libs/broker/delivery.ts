import type { HeaderFault, MessageProperties } from './content-header.ts';

/** The result of a delivery: `done` acknowledges it, `left` leaves it for the next session. */
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
  /** The body, or its beginning where it is longer than the connection keeps. */
  readonly content: Buffer;
  /** Bytes of the body as it was published. */
  readonly size: number;
  readonly exchange: string;
  readonly routingKey: string;
  /** True when it was delivered before, to whomever. */
  readonly redelivered: boolean;
  readonly messageId: string | undefined;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  /** All properties that came with it. */
  readonly properties: MessageProperties;
  /**
   * What is wrong with properties, headers or routing key: of such a message they may say something else than its
   * publisher meant.
   */
  readonly faults: readonly HeaderFault[];
  /** The raw content header and routing key, if they have faults. */
  readonly raw: { readonly header?: Buffer | undefined; readonly routingKey?: Buffer | undefined };
  /**
   * Whether as many messages of its queue are held now as may be, so that others wait at the broker until one is
   * settled.
   */
  readonly crowded: boolean;
  /** Fires when ownership of the message is lost: the broker is about to redeliver it. */
  readonly signal: AbortSignal;
  /**
   * To be called before work on it begins; false when it must not begin any more, since the consumer stops or is lost.
   */
  begin(): boolean;
  /**
   * To be called before each step of the work that others would see.
   *
   * @throws The reason of {@link signal} when the message is no longer ours, also when that shows only now: a process
   * that was paused wakes up where it was, before it hears of anything.
   */
  assertOurs(): void;
  /** Takes the body out, so that a delivery that waits does not keep it in memory; its content is empty afterwards. */
  takeContent(): Buffer;
  /**
   * Sends a message on, through the channel that this one came by: when that is lost, neither gets through any more.
   * Messages that are forwarded one after another arrive in that order. Resolves when the broker has taken charge of
   * it.
   */
  forward(message: Forwarded): Promise<void>;
}
