import type { ConfirmChannel } from 'amqplib';
import type { BrokerConnection } from './connection.ts';
import { declare, type Declarations } from './declare.ts';
import { BrokerError } from './errors.ts';
import type { Repair } from './topology-watch.ts';
import { closeChannel } from './silent-broker.ts';

export interface OutgoingMessage {
  exchange: string;
  routingKey: string;
  content: Buffer;
  messageId: string;
  contentType: string;
  headers: Record<string, string>;
  /** True where no queue has to be bound: without one, the broker drops the message. */
  mayGoNowhere?: true;
}

/** Longer than this and the sender would rather be told that it did not work. */
const confirmTimeoutMs = 5_000;
/** A broker's channel error for an exchange that does not exist. */
const notFound = 404;

/**
 * Publishes messages that must not be lost: persistent, confirmed, and routed to at least one queue unless they may go
 * nowhere.
 */
export class Publisher {
  readonly #connection: BrokerConnection;
  readonly #declarations: Declarations;
  readonly #closing = new AbortController();
  #channel: Promise<ConfirmChannel> | undefined;
  /**
   * Messages that came back since no queue takes them, by {@link returnKey}. The broker returns a message before it
   * confirms it, and may confirm others in between.
   */
  readonly #returned = new Map<string, number>();

  /** What the broker said before it closed the newest channel. */
  #fault: (Error & { code?: unknown }) | undefined;
  readonly #onRepair: (repair: Repair) => void;
  #mending: Promise<void> | undefined;

  /**
   * @param declarations What must be there before anything is published.
   * @param onRepair Told when a message found no way to a queue, and there is one again.
   */
  constructor(
    connection: BrokerConnection,
    declarations: Declarations,
    onRepair: (repair: Repair) => void = () => undefined,
  ) {
    this.#connection = connection;
    this.#declarations = declarations;
    this.#onRepair = onRepair;
  }

  /** Makes what has to be there, before anything is published: others may want to publish to it as well. */
  async prepare(): Promise<void> {
    await this.#ready();
  }

  /**
   * Resolves when the broker has confirmed the message. If no queue receives it, the publisher declares everything
   * again and sends the message once more, because a queue, an exchange or a binding may have been deleted.
   *
   * @throws {BrokerError} If the broker has not confirmed. With the code `timeout` or `disconnected`, the message may
   * still have arrived.
   */
  async publish(message: OutgoingMessage): Promise<void> {
    try {
      await this.#publish(message);
    } catch (error) {
      if (!(error instanceof BrokerError && error.code === 'unroutable')) throw error;
      await this.#mend();
      await this.#publish(message);
      this.#onRepair({ kind: 'binding', name: `${message.exchange}:${message.routingKey}` });
    }
  }

  async #publish(message: OutgoingMessage): Promise<void> {
    this.#connection.assertUsable();
    this.#fault = undefined;
    const confirmed = this.#ready().then((channel) => this.#send(channel, message));
    const late = `RabbitMQ did not confirm the message within ${confirmTimeoutMs} ms`;
    await withTimeout(confirmed, late).catch((error: unknown) => {
      if (error instanceof BrokerError) throw error;
      if (this.#fault?.code === notFound) throw new BrokerError('unroutable', this.#fault.message, { cause: error });
      throw new BrokerError('disconnected', 'the channel was lost before the message was confirmed', { cause: error });
    });
  }

  /** Ends it for good; what waits for the broker fails. */
  async close(): Promise<void> {
    this.#closing.abort(new BrokerError('disconnected', 'the publisher was closed'));
    const channel = await this.#channel?.catch(() => undefined);
    this.#channel = undefined;
    if (channel) await closeChannel(channel);
  }

  /** Once for all messages that came back meanwhile. */
  #mend(): Promise<void> {
    this.#mending ??= withTimeout(
      this.#ready().then((channel) => declare(channel, this.#declarations)),
      `RabbitMQ did not declare anything within ${confirmTimeoutMs} ms`,
    ).finally(() => (this.#mending = undefined));
    return this.#mending;
  }

  #ready(): Promise<ConfirmChannel> {
    this.#channel ??= this.#open().catch((error: unknown) => {
      this.#channel = undefined;
      throw error;
    });
    return this.#channel;
  }

  async #open(): Promise<ConfirmChannel> {
    const channel = await this.#connection.createConfirmChannel(this.#closing.signal);
    channel.on('error', (error: Error) => (this.#fault = error));
    channel.once('close', () => {
      this.#channel = undefined;
      this.#returned.clear();
    });
    channel.on('return', ({ fields, properties }) => {
      const key = returnKey(fields.routingKey, properties.messageId as string);
      this.#returned.set(key, (this.#returned.get(key) ?? 0) + 1);
    });
    await declare(channel, this.#declarations);
    return channel;
  }

  #send(channel: ConfirmChannel, message: OutgoingMessage): Promise<void> {
    const { exchange, routingKey, content, mayGoNowhere, ...properties } = message;
    return new Promise((resolve, reject) => {
      channel.publish(
        exchange,
        routingKey,
        content,
        { ...properties, persistent: true, mandatory: !mayGoNowhere },
        (error: unknown) => {
          if (error) reject(unconfirmed(error as Error));
          else if (this.#wasReturned(message)) {
            reject(new BrokerError('unroutable', `no queue takes messages for ${routingKey} at exchange ${exchange}`));
          } else resolve();
        },
      );
    });
  }

  #wasReturned({ routingKey, messageId }: OutgoingMessage): boolean {
    if (this.#returned.size === 0) return false;
    const key = returnKey(routingKey, messageId);
    const times = this.#returned.get(key);
    if (times === undefined) return false;
    if (times === 1) this.#returned.delete(key);
    else this.#returned.set(key, times - 1);
    return true;
  }
}

/**
 * Several messages may have one id. Those that have one routing key as well find a queue together, or none of them
 * does.
 */
function returnKey(routingKey: string, messageId: string): string {
  return `${routingKey}\n${messageId}`;
}

async function withTimeout(work: Promise<void>, message: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new BrokerError('timeout', message)), confirmTimeoutMs);
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Only a nack means that the broker does not have the message. If the channel closes before the answer, this is
 * unknown.
 */
function unconfirmed(error: Error): Error {
  if (error.message !== 'message nacked') return error;
  return new BrokerError('refused', 'RabbitMQ did not take the message', { cause: error });
}
