import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { Acknowledgements } from './acknowledgements.ts';
import { bytesOfValue, isEncodedBody, NotAmqp } from './amqp-1-0.ts';
import { closeChannel } from './close-channel.ts';
import type { BrokerConnection } from './connection.ts';
import type { ConsumerOptions, Subscription } from './consumer-options.ts';
import { declare } from './declare.ts';
import type { Delivery, Forwarded } from './delivery.ts';
import { BrokerError } from './errors.ts';
import type { HeaderFault } from './content-header.ts';
import type { ReceivedFields, ReceivedProperties } from './safe-frames.ts';
import { StandstillWatch } from './standstill-watch.ts';
import type { StuckDeliveries } from './stuck-deliveries.ts';

/**
 * Half of the heartbeat that a connection requests. The broker redelivers a silent consumer's messages after a whole
 * heartbeat at the earliest, and half of one may have passed before the standstill.
 */
const longestStandstillMs = 5_000;

/** What one subscription holds. */
interface Held {
  readonly queue: string;
  /** Messages that are not settled. */
  count: number;
}

const nothing = Buffer.alloc(0);
const noHeaders: Delivery['headers'] = {};
const noFaults: Delivery['faults'] = [];
const routingKeyFault: HeaderFault = { field: 'routing_key', message: 'must be UTF-8' };

/** One life of a consumer: a channel with its subscriptions, from opening to the first thing that ends it. */
export class ConsumerSession {
  readonly #channel: ConfirmChannel;
  readonly #acknowledgements: Acknowledgements;
  readonly #options: ConsumerOptions;
  readonly #stuck: StuckDeliveries;
  readonly #lost = new AbortController();
  readonly #watch = new StandstillWatch(longestStandstillMs, (milliseconds) => this.#stoodStill(milliseconds));
  /** Deliveries whose work has begun and has not ended. */
  #inFlight = 0;
  /** When each delivery that is not settled came, by `performance.now()`, the oldest first. */
  readonly #arrivals = new Set<{ readonly at: number }>();
  readonly #stopping: AbortSignal;
  #opened = false;
  #draining = false;
  #onIdle: (() => void) | undefined;
  readonly #end = Promise.withResolvers<undefined>();

  /**
   * @param stuck What earlier sessions of the consumer have ended by.
   * @param stopping Ends the waiting for a connection; no work begins after it.
   * @param onOpening Called with the session before its first message can come.
   */
  static async open(
    connection: BrokerConnection,
    options: ConsumerOptions,
    stuck: StuckDeliveries,
    stopping: AbortSignal,
    onOpening: (session: ConsumerSession) => void,
  ): Promise<ConsumerSession> {
    const channel = await connection.createConfirmChannel(stopping);
    const session = new ConsumerSession(channel, options, stuck, stopping, () => connection.fault);
    onOpening(session);
    try {
      await declare(channel, options.declarations);
      await channel.prefetch(options.prefetch);
      for (const { queue, priority } of options.subscriptions) await session.#subscribe(queue, priority);
      session.#opened = true;
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  private constructor(
    channel: ConfirmChannel,
    options: ConsumerOptions,
    stuck: StuckDeliveries,
    stopping: AbortSignal,
    faultOfConnection: () => Error | undefined,
  ) {
    this.#stopping = stopping;
    this.#channel = channel;
    this.#acknowledgements = new Acknowledgements(channel, (error) => this.#lose(error));
    this.#options = options;
    this.#stuck = stuck;
    // No listener exists while the session is being opened.
    this.#end.promise.catch(() => {});
    let cause: Error | undefined;
    channel.on('error', (error) => (cause = error));
    // A message that no queue takes is returned before it is confirmed; what it came from must not be acknowledged.
    channel.on('return', ({ fields }) => {
      this.#lose(new BrokerError('unroutable', `there is no queue ${fields.routingKey}`));
    });
    channel.once('close', () => {
      cause ??= faultOfConnection();
      this.#lose(new BrokerError('disconnected', closedBecause(cause, options.subscriptions), { cause }));
    });
  }

  /** Resolves when the session was closed by us; rejects with what ended it otherwise. */
  get ended(): Promise<undefined> {
    return this.#end.promise;
  }

  get open(): boolean {
    return this.#opened && !this.#lost.signal.aborted && !this.#draining;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get oldestHeldMs(): number {
    for (const { at } of this.#arrivals) return performance.now() - at;
    return 0;
  }

  /**
   * Lets no new work begin, and waits until running work has ended or the deadline fires. The subscriptions stay:
   * cancelling them would hand their queues to another consumer at once, whose events would overtake those that still
   * run here.
   */
  async drain(deadline: AbortSignal): Promise<void> {
    this.#draining = true;
    if (this.#inFlight === 0 || deadline.aborted) return;
    const idle = Promise.withResolvers<undefined>();
    this.#onIdle = () => idle.resolve(undefined);
    deadline.addEventListener('abort', this.#onIdle, { once: true });
    await idle.promise;
  }

  /** Lets go of everything that is not settled, and ends. */
  giveUp(reason: Error): void {
    this.#lose(reason);
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
    const arrival = { at: performance.now() };
    this.#arrivals.add(arrival);
    // Not narrowed to false: the owner of the delivery sets it.
    let begun = false as boolean;
    const begin = () => {
      this.#watch.check();
      if (this.#draining || this.#stopping.aborted || this.#lost.signal.aborted) return false;
      if (!begun) this.#inFlight++;
      begun = true;
      return true;
    };
    const { fields } = message;
    unwrapBody(message);
    const delivery = this.#toDelivery(held, message, begin);
    const recognised = this.#stuck.recognise(delivery);
    const ends = this.#stuck.endsOf(recognised);
    try {
      const settled = await (ends ? this.#options.onStuck(delivery, ends) : this.#options.onDelivery(delivery));
      if (settled === 'done') this.#stuck.settled(recognised);
      // On a channel that is gone there is nothing to settle: the broker has taken the message back.
      if (settled === 'done' && !this.#lost.signal.aborted) this.#acknowledgements.add({ fields });
    } catch (error) {
      if (!this.#lost.signal.aborted) this.#stuck.ended(recognised, error as Error);
      // Returning just this message would let later ones overtake it; with the channel all return in their order.
      this.#lose(error as Error);
    } finally {
      held.count--;
      this.#arrivals.delete(arrival);
      if (begun && --this.#inFlight === 0) this.#onIdle?.();
    }
  }

  #toDelivery(held: Held, message: ConsumeMessage, begin: () => boolean): Delivery {
    const { prefetch } = this.#options;
    const { headerFaults, headerBytes, bodySize, ...properties } = message.properties as ReceivedProperties;
    const { exchange, routingKey, redelivered, routingKeyBytes } = message.fields as typeof message.fields &
      ReceivedFields;
    return {
      queue: held.queue,
      get content() {
        return message.content;
      },
      size: bodySize ?? message.content.length,
      exchange,
      routingKey,
      redelivered,
      messageId: textOf(properties.messageId),
      contentType: textOf(properties.contentType),
      contentEncoding: textOf(properties.contentEncoding),
      headers: properties.headers ?? noHeaders,
      properties,
      faults: routingKeyBytes ? [routingKeyFault, ...(headerFaults ?? [])] : (headerFaults ?? noFaults),
      raw: { header: headerBytes, routingKey: routingKeyBytes },
      takeContent: () => {
        const { content } = message;
        message.content = nothing;
        return content;
      },
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

/** The broker ends a connection with this code for a fault of its own, such as a message that it cannot encode. */
const internalError = 541;

function closedBecause(cause: (Error & { code?: unknown }) | undefined, { length }: readonly Subscription[]): string {
  if (cause?.code === internalError) {
    return `RabbitMQ failed (541 INTERNAL_ERROR); if this repeats, it cannot deliver a message of one of ${length} queues`;
  }
  return cause ? `the channel was closed: ${cause.message}` : 'the channel was closed';
}

/** Takes a body out of what AMQP 1.0 puts around it, where RabbitMQ 3.x has left that there. */
function unwrapBody(message: ConsumeMessage): void {
  const properties = message.properties as ReceivedProperties;
  // Of one that is cut it is known already that it is too long.
  if (properties.bodySize !== undefined || !isEncodedBody(properties.type, message.content)) return;
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
