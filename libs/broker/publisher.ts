import type { ConfirmChannel } from 'amqplib';
import { closeChannel } from './close-channel.ts';
import type { BrokerConnection } from './connection.ts';
import { declare, type Declarations } from './declare.ts';
import { BrokerError } from './errors.ts';

export interface OutgoingMessage {
  exchange: string;
  routingKey: string;
  content: Buffer;
  messageId: string;
  contentType: string;
  headers: Record<string, string>;
}

/** Longer than this and the sender would rather be told that it did not work. */
const confirmTimeoutMs = 5_000;

/** Publishes messages that must not be lost: persistent, routed to at least one queue, confirmed. */
export class Publisher {
  readonly #connection: BrokerConnection;
  readonly #declarations: Declarations;
  readonly #closing = new AbortController();
  #channel: Promise<ConfirmChannel> | undefined;
  /** Ids of messages that came back since no queue takes them; the broker returns a message before it confirms it. */
  readonly #returned = new Map<string, number>();

  /** @param declarations What must be there before anything is published. */
  constructor(connection: BrokerConnection, declarations: Declarations) {
    this.#connection = connection;
    this.#declarations = declarations;
  }

  /** Makes what has to be there, before anything is published: others may want to publish to it as well. */
  async prepare(): Promise<void> {
    await this.#ready();
  }

  /**
   * Resolves when the broker has taken charge of the message.
   *
   * @throws {BrokerError} When it has not; the message may still have arrived if the code is `timeout` or `disconnected`.
   */
  async publish(message: OutgoingMessage): Promise<void> {
    this.#connection.assertUsable();
    const confirmed = this.#ready().then((channel) => this.#send(channel, message));
    const late = `RabbitMQ did not confirm the message within ${confirmTimeoutMs} ms`;
    await withTimeout(confirmed, late).catch((error: unknown) => {
      if (error instanceof BrokerError) throw error;
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

  #ready(): Promise<ConfirmChannel> {
    this.#channel ??= this.#open().catch((error: unknown) => {
      this.#channel = undefined;
      throw error;
    });
    return this.#channel;
  }

  async #open(): Promise<ConfirmChannel> {
    const channel = await this.#connection.createConfirmChannel(this.#closing.signal);
    channel.once('close', () => {
      this.#channel = undefined;
      this.#returned.clear();
    });
    channel.on('return', ({ properties }) => {
      const id = properties.messageId as string;
      this.#returned.set(id, (this.#returned.get(id) ?? 0) + 1);
    });
    await declare(channel, this.#declarations);
    return channel;
  }

  #send(channel: ConfirmChannel, message: OutgoingMessage): Promise<void> {
    const { exchange, routingKey, content, ...properties } = message;
    return new Promise((resolve, reject) => {
      channel.publish(
        exchange,
        routingKey,
        content,
        { ...properties, persistent: true, mandatory: true },
        (error: unknown) => {
          if (error) reject(unconfirmed(error as Error));
          else if (this.#wasReturned(message.messageId)) {
            reject(new BrokerError('unroutable', `no queue takes messages for ${routingKey} at exchange ${exchange}`));
          } else resolve();
        },
      );
    });
  }

  #wasReturned(messageId: string): boolean {
    const times = this.#returned.get(messageId);
    if (times === undefined) return false;
    if (times === 1) this.#returned.delete(messageId);
    else this.#returned.set(messageId, times - 1);
    return true;
  }
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

/** Only a nack says that the broker has not got it; when the channel closes before it has answered, nobody knows. */
function unconfirmed(error: Error): Error {
  if (error.message !== 'message nacked') return error;
  return new BrokerError('refused', 'RabbitMQ did not take the message', { cause: error });
}
