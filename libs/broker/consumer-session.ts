import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { Acknowledgements } from './acknowledgements.ts';
import { closeChannel } from './close-channel.ts';
import type { BrokerConnection } from './connection.ts';
import type { ConsumerOptions } from './consumer-options.ts';
import { declare } from './declare.ts';
import type { Delivery, Forwarded } from './delivery.ts';
import { BrokerError } from './errors.ts';
import { StandstillWatch } from './standstill-watch.ts';

/**
 * Half of the heartbeat that a connection asks for. The broker gives a silent consumer's messages to somebody else after a whole
 * one at the earliest, and half a one may have passed before the standstill.
 */
const longestStandstillMs = 5_000;

/** What one subscription holds. */
interface Held {
  readonly queue: string;
  /** Messages that are not settled. */
  count: number;
}

/** One life of a consumer: a channel with its subscriptions, from opening to the first thing that ends it. */
export class ConsumerSession {
  readonly #channel: ConfirmChannel;
  readonly #acknowledgements: Acknowledgements;
  readonly #options: ConsumerOptions;
  readonly #lost = new AbortController();
  readonly #watch = new StandstillWatch(longestStandstillMs, (milliseconds) => this.#stoodStill(milliseconds));
  /** Deliveries whose work has begun and has not ended. */
  #inFlight = 0;
  #draining = false;
  #onIdle: (() => void) | undefined;
  readonly #end = Promise.withResolvers<undefined>();

  /** @param signal Ends the waiting for a connection. */
  static async open(
    connection: BrokerConnection,
    options: ConsumerOptions,
    signal: AbortSignal,
  ): Promise<ConsumerSession> {
    const channel = await connection.createConfirmChannel(signal);
    const session = new ConsumerSession(channel, options);
    try {
      await declare(channel, options.declarations);
      await channel.prefetch(options.prefetch);
      for (const { queue, priority } of options.subscriptions) await session.#subscribe(queue, priority);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  private constructor(channel: ConfirmChannel, options: ConsumerOptions) {
    this.#channel = channel;
    this.#acknowledgements = new Acknowledgements(channel, (error) => this.#lose(error));
    this.#options = options;
    // Nobody listens yet while the session is being opened.
    this.#end.promise.catch(() => {});
    let cause: Error | undefined;
    channel.on('error', (error) => (cause = error));
    // A message that no queue takes is returned before it is confirmed; what it came from must not be acknowledged.
    channel.on('return', ({ fields }) => {
      this.#lose(new BrokerError('unroutable', `there is no queue ${fields.routingKey}`));
    });
    channel.once('close', () => this.#lose(cause ?? new BrokerError('disconnected', 'the channel was closed')));
  }

  /** Resolves when the session was closed by us; rejects with what ended it otherwise. */
  get ended(): Promise<undefined> {
    return this.#end.promise;
  }

  get open(): boolean {
    return !this.#lost.signal.aborted && !this.#draining;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Lets no more work begin, and waits until what has begun has ended, or the deadline fires. The subscriptions stay:
   * cancelled ones would hand their queues to somebody else at once, whose events would overtake those that still run here.
   */
  async drain(deadline: AbortSignal): Promise<void> {
    this.#draining = true;
    if (this.#inFlight === 0 || deadline.aborted) return;
    const idle = Promise.withResolvers<undefined>();
    this.#onIdle = () => idle.resolve(undefined);
    deadline.addEventListener('abort', this.#onIdle, { once: true });
    await idle.promise;
  }

  /** Tells what still runs that its messages are lost to us, and closes the channel; the broker takes them back. */
  async close(): Promise<void> {
    this.#draining = true;
    this.#watch.stop();
    if (!this.#lost.signal.aborted) this.#acknowledgements.flush();
    this.#lost.abort(new BrokerError('disconnected', 'the consumer was stopped'));
    await closeChannel(this.#channel);
    this.#end.resolve(undefined);
  }

  async #subscribe(queue: string, priority = 0): Promise<void> {
    const held: Held = { queue, count: 0 };
    const onMessage = (message: ConsumeMessage | null) => {
      if (message) void this.#deliver(held, message);
      else this.#lose(new BrokerError('disconnected', `the broker cancelled the consumer of ${queue}`));
    };
    await this.#channel.consume(queue, onMessage, { priority });
  }

  async #deliver(held: Held, message: ConsumeMessage): Promise<void> {
    held.count++;
    // Not narrowed to false: it is set by whoever has the delivery.
    let begun = false as boolean;
    const begin = () => {
      this.#watch.check();
      if (this.#draining || this.#lost.signal.aborted) return false;
      if (!begun) this.#inFlight++;
      begun = true;
      return true;
    };
    try {
      const settled = await this.#options.onDelivery(this.#toDelivery(held, message, begin));
      // On a channel that is gone there is nothing to settle: the broker has taken the message back.
      if (settled === 'done' && !this.#lost.signal.aborted) this.#acknowledgements.add(message);
    } catch (error) {
      // Returning just this message would let later ones overtake it; with the channel all return in their order.
      this.#lose(error as Error);
    } finally {
      held.count--;
      if (begun && --this.#inFlight === 0) this.#onIdle?.();
    }
  }

  #toDelivery(held: Held, { content, fields, properties }: ConsumeMessage, begin: () => boolean): Delivery {
    const { prefetch } = this.#options;
    return {
      queue: held.queue,
      content,
      exchange: fields.exchange,
      routingKey: fields.routingKey,
      redelivered: fields.redelivered,
      messageId: properties.messageId as string | undefined,
      contentType: properties.contentType as string | undefined,
      contentEncoding: properties.contentEncoding as string | undefined,
      headers: properties.headers ?? {},
      get crowded() {
        return held.count >= prefetch;
      },
      signal: this.#lost.signal,
      begin,
      assertOurs: () => {
        this.#watch.check();
        this.#lost.signal.throwIfAborted();
      },
      forward: (message) => this.#forward(message),
    };
  }

  #forward({ queue, content, ...properties }: Forwarded): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { ...properties, persistent: true, mandatory: true };
      this.#channel.sendToQueue(queue, content, options, (error: unknown) => {
        if (error) reject(new BrokerError('refused', `RabbitMQ did not take a message for ${queue}`, { cause: error }));
        else resolve();
      });
    });
  }

  #stoodStill(milliseconds: number): void {
    const seconds = Math.round(milliseconds / 1_000);
    this.#lose(
      new BrokerError('disconnected', `the process stood still for ${seconds} s; the broker may have moved on`),
    );
  }

  #lose(error: Error): void {
    if (this.#lost.signal.aborted) return;
    this.#watch.stop();
    this.#acknowledgements.abandon();
    this.#lost.abort(error);
    void closeChannel(this.#channel);
    this.#end.reject(error);
  }
}
