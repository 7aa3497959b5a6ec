import { connect, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import type { EventMessage } from './event-message.ts';

/** Soon at first, since a broker's restart takes seconds; never slower than people would wait. */
const recovery = { initialDelay: 100, maxDelay: 2_000, factor: 2, jitter: 0.2 };
/** A peer that vanishes silently is noticed after two of these. */
const heartbeatSeconds = 10;

/** The result of a message: the broker has it, no queue receives it, or it is unknown. */
export type Sent = { kind: 'confirmed' } | { kind: 'unroutable' } | { kind: 'unknown'; cause: unknown };

/** A channel with confirms, on a connection that reconnects. */
export class ConfirmingChannel {
  readonly #model: RecoveringChannelModel;
  #channel: Promise<ConfirmChannel> | undefined;
  /** Messages that came back since no queue takes them; the broker returns a message before it confirms it. */
  readonly #returned = new Set<string>();
  #sent = 0;

  /** Resolves with the connection, or rejects when the broker cannot be reached within the first attempts. */
  static async open(url: string, name: string, onLost: (error: Error) => void): Promise<ConfirmingChannel> {
    const parsed = new URL(url);
    if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
    const clientProperties = { connection_name: name };
    const options = { recovery: { ...recovery, initialMaxRetries: 5 }, clientProperties, noDelay: true };
    const model = await connect(parsed.href, options);
    model.on('disconnect', onLost);
    // A connection's error is always followed by its close, which `disconnect` tells with the same cause.
    model.on('error', () => undefined);
    return new ConfirmingChannel(model);
  }

  private constructor(model: RecoveringChannelModel) {
    this.#model = model;
  }

  /** Sends a message, and waits for a connection if there is none. Resolves with the result, and never rejects. */
  async send(message: EventMessage): Promise<Sent> {
    try {
      const channel = await this.#ready();
      return await this.#publish(channel, message);
    } catch (cause) {
      return { kind: 'unknown', cause };
    }
  }

  /** Closes the connection; the result of messages in flight stays unknown. */
  async close(): Promise<void> {
    await this.#model.close();
  }

  #ready(): Promise<ConfirmChannel> {
    this.#channel ??= this.#open().catch((error: unknown) => {
      this.#channel = undefined;
      throw error;
    });
    return this.#channel;
  }

  async #open(): Promise<ConfirmChannel> {
    const channel = await this.#model.createConfirmChannel();
    // A channel's error is followed by its close; unheard it would end the process.
    channel.on('error', () => undefined);
    channel.once('close', () => {
      this.#channel = undefined;
      this.#returned.clear();
    });
    channel.on('return', ({ properties }) => this.#returned.add(properties.correlationId as string));
    return channel;
  }

  #publish(channel: ConfirmChannel, { exchange, routingKey, content, id, headers }: EventMessage): Promise<Sent> {
    const correlationId = String((this.#sent += 1));
    const contentType = 'application/json';
    const properties = { contentType, messageId: id, headers, correlationId, persistent: true, mandatory: true };
    return new Promise((resolve) => {
      channel.publish(exchange, routingKey, content, properties, (cause: unknown) => {
        if (cause) resolve({ kind: 'unknown', cause });
        else resolve({ kind: this.#returned.delete(correlationId) ? 'unroutable' : 'confirmed' });
      });
    });
  }
}
