import type { ConsumeMessage } from 'amqplib';
import { bytesOfValue, isEncodedBody, NotAmqp } from './amqp-1-0.ts';
import type { HeaderFault, MessageProperties } from './content-header.ts';
import type { ReceivedFields, ReceivedProperties } from './frames.ts';

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
   * Messages that are forwarded one after another arrive in that order. Several for one queue may travel as one
   * message, which a consumer with `opensBatches` opens. Resolves when the broker has taken charge of it.
   */
  forward(message: Forwarded): Promise<void>;
}

/** What one subscription holds. */
export interface Held {
  readonly queue: string;
  /** Messages that it may hold at a time. */
  readonly most: number;
  /** Messages that are not settled. */
  count: number;
  /** Received messages that wait to be opened, the oldest first. */
  readonly waiting: ConsumeMessage[];
}

/** What a delivery needs of the session that it came by. */
export interface Holder {
  readonly lost: AbortSignal;
  mayBegin(isFirstTime: boolean): boolean;
  assertOurs(): void;
  forward(message: Forwarded): Promise<void>;
}

const nothing = Buffer.alloc(0);
const noHeaders: Delivery['headers'] = {};
const noFaults: Delivery['faults'] = [];
const routingKeyFault: HeaderFault = { field: 'routing_key', message: 'must be UTF-8' };

/** A message that one session holds. A class, since an object with as many functions takes longer to make. */
export class HeldMessage implements Delivery {
  /** By `performance.now()`. */
  readonly arrivedAt = performance.now();
  readonly size: number;
  readonly messageId: string | undefined;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly headers: Delivery['headers'];
  readonly properties: MessageProperties;
  readonly faults: Delivery['faults'];
  readonly raw: Delivery['raw'];
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  /** Whether work on it has begun. */
  hasBegun = false;
  readonly #message: ConsumeMessage;
  readonly #held: Held;
  readonly #holder: Holder;

  constructor(message: ConsumeMessage, held: Held, holder: Holder) {
    const { headerFaults, headerBytes, bodySize, ...properties } = message.properties as ReceivedProperties;
    const { exchange, routingKey, redelivered, routingKeyBytes } = message.fields as typeof message.fields &
      ReceivedFields;
    this.#message = message;
    this.#held = held;
    this.#holder = holder;
    this.size = bodySize ?? message.content.length;
    this.exchange = exchange;
    this.routingKey = routingKey;
    this.redelivered = redelivered;
    this.messageId = textOf(properties.messageId);
    this.contentType = textOf(properties.contentType);
    this.contentEncoding = textOf(properties.contentEncoding);
    this.headers = properties.headers ?? noHeaders;
    this.properties = properties;
    this.faults = routingKeyBytes ? [routingKeyFault, ...(headerFaults ?? [])] : (headerFaults ?? noFaults);
    this.raw = { header: headerBytes, routingKey: routingKeyBytes };
  }

  get queue(): string {
    return this.#held.queue;
  }

  get content(): Buffer {
    return this.#message.content;
  }

  takeContent(): Buffer {
    const { content } = this.#message;
    this.#message.content = nothing;
    return content;
  }

  get crowded(): boolean {
    return this.#held.waiting.length > 0 || this.#held.count >= this.#held.most;
  }

  get signal(): AbortSignal {
    return this.#holder.lost;
  }

  begin(): boolean {
    const mayBegin = this.#holder.mayBegin(!this.hasBegun);
    this.hasBegun ||= mayBegin;
    return mayBegin;
  }

  assertOurs(): void {
    this.#holder.assertOurs();
  }

  forward(message: Forwarded): Promise<void> {
    return this.#holder.forward(message);
  }
}

/** Takes a body out of what AMQP 1.0 puts around it, where RabbitMQ 3.x has left that there. */
export function unwrapBody(message: ConsumeMessage): void {
  const properties = message.properties as ReceivedProperties;
  // Nearly every message. Of one that is cut it is known already that it is too long.
  if (properties.type === undefined || properties.bodySize !== undefined) return;
  if (!isEncodedBody(properties.type, message.content)) return;
  try {
    message.content = bytesOfValue(message.content);
  } catch (error) {
    if (!(error instanceof NotAmqp)) throw error;
    const fault = { field: 'body', message: `must be a data section of AMQP 1.0: ${error.message}` };
    properties.headerFaults = [...(properties.headerFaults ?? []), fault];
  }
}

/** A value that is not UTF-8 is reported as a fault, and omitted where a text is required. */
function textOf(property: string | Buffer | undefined): string | undefined {
  return typeof property === 'string' ? property : undefined;
}
