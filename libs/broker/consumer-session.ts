import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { TransientSet } from '#collections';
import { Acknowledgements } from './acknowledgements.ts';
import { Admission } from './admission.ts';
import { messagesOf } from './batch.ts';
import type { BrokerConnection } from './connection.ts';
import type { ConsumerOptions, Subscription } from './consumer-options.ts';
import { declare } from './declare.ts';
import { HeldMessage, unwrapBody, type Forwarded, type Held, type Holder, type Settlement } from './delivery.ts';
import { BrokerError } from './errors.ts';
import { Forwarding } from './forwarding.ts';
import type { StuckDeliveries } from './stuck-deliveries.ts';
import { closeChannel } from './silent-broker.ts';

/**
 * Half of the heartbeat that a connection requests. The broker redelivers a silent consumer's messages after a whole
 * heartbeat at the earliest, and half of one may have passed before the standstill.
 */
const longestStandstillMs = 5_000;

/** One life of a consumer: a channel with its subscriptions, from opening to the first thing that ends it. */
export class ConsumerSession implements Holder {
  readonly #channel: ConfirmChannel;
  readonly #acknowledgements: Acknowledgements;
  readonly #forwarding: Forwarding;
  readonly #options: ConsumerOptions;
  readonly #stuck: StuckDeliveries;
  readonly #lost = new AbortController();
  readonly #watch = new StandstillWatch(longestStandstillMs, (milliseconds) => this.#stoodStill(milliseconds));
  /** Deliveries whose work has begun and has not ended. */
  #inFlight = 0;
  /** The oldest first. */
  readonly #unsettled = new TransientSet<HeldMessage>();
  readonly #admission: Admission;
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
    this.#acknowledgements = new Acknowledgements(channel, options.prefetch, (error) => this.#lose(error));
    this.#forwarding = new Forwarding(channel);
    this.#options = options;
    const { prefetch, leastHeld, mostHeld = prefetch, subscriptions } = options;
    const open = (held: Held, message: ConsumeMessage) => this.#open(held, message);
    this.#admission = new Admission({ subscriptions: subscriptions.length, mostHeld, leastHeld, open });
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
    for (const { arrivedAt } of this.#unsettled) return performance.now() - arrivedAt;
    return 0;
  }

  /**
   * Lets no new work begin, and waits until running work has ended or the deadline fires. The subscriptions stay:
   * cancelling them would hand their queues to another consumer at once, whose events would overtake those that still
   * run here.
   */
  async drain(deadline: AbortSignal): Promise<void> {
    this.#draining = true;
    this.#admission.stop();
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
    this.#admission.stop();
    if (!this.#lost.signal.aborted) this.#acknowledgements.flush();
    this.#lost.abort(new BrokerError('disconnected', 'the consumer was stopped'));
    await closeChannel(this.#channel);
    this.#end.resolve(undefined);
  }

  async #subscribe(queue: string, priority = 0): Promise<void> {
    const held: Held = { queue, most: this.#options.mostHeld ?? this.#options.prefetch, count: 0, waiting: [] };
    const onMessage = (message: ConsumeMessage | null) => {
      if (message) this.#receive(held, message);
      else this.#lose(new BrokerError('disconnected', `the broker cancelled the consumer of ${queue}`));
    };
    await this.#channel.consume(queue, onMessage, { priority });
  }

  #receive(held: Held, message: ConsumeMessage): void {
    this.#options.queues?.taken(held.queue);
    this.#admission.receive(held, message);
  }

  #open(held: Held, message: ConsumeMessage): void {
    const messages = this.#options.opensBatches ? messagesOf(message) : undefined;
    if (!messages) {
      void this.#deliver(held, message);
      return;
    }
    const batch: Batch = { left: messages.length, isDone: true };
    for (const each of messages) void this.#deliver(held, each, batch);
  }

  async #deliver(held: Held, message: ConsumeMessage, batch?: Batch): Promise<void> {
    unwrapBody(message);
    const delivery = new HeldMessage(message, held, this);
    this.#admission.begun(held);
    this.#unsettled.add(delivery);
    // Only what comes again can be stuck, and only then is it worth to look at all of it.
    const recognised = delivery.redelivered ? this.#stuck.recognise(delivery) : undefined;
    const ends = recognised === undefined ? undefined : this.#stuck.endsOf(recognised);
    try {
      const settled = await (ends ? this.#options.onStuck(delivery, ends) : this.#options.onDelivery(delivery));
      if (settled === 'done' && recognised !== undefined) this.#stuck.settled(recognised);
      this.#settle(message, settled, batch);
    } catch (error) {
      if (recognised !== undefined && !this.#lost.signal.aborted) this.#stuck.ended(recognised, error as Error);
      // Returning just this message would let later ones overtake it; with the channel all return in their order.
      this.#lose(error as Error);
    } finally {
      this.#unsettled.delete(delivery);
      if (delivery.hasBegun && --this.#inFlight === 0) this.#onIdle?.();
      this.#admission.ended(held);
    }
  }

  /** A batch is acknowledged when each of its messages is done. One that is left comes again with all of them. */
  #settle({ fields }: ConsumeMessage, settled: Settlement, batch: Batch | undefined): void {
    if (batch) {
      batch.left--;
      batch.isDone &&= settled === 'done';
      if (batch.left > 0 || !batch.isDone) return;
    } else if (settled !== 'done') return;
    // On a channel that is gone there is nothing to settle: the broker has taken the message back.
    if (!this.#lost.signal.aborted) this.#acknowledgements.add({ fields });
  }

  /** Whether work on one more message may begin, which then counts as in flight. */
  mayBegin(isFirstTime: boolean): boolean {
    this.#watch.check();
    if (this.#draining || this.#stopping.aborted || this.#lost.signal.aborted) return false;
    if (isFirstTime) this.#inFlight++;
    return true;
  }

  /** @throws The reason for which the messages of the session are lost. */
  assertOurs(): void {
    this.#watch.check();
    this.#lost.signal.throwIfAborted();
  }

  /** Fires when the messages of the session are lost. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Sends a message on, through the channel of the session. */
  forward(message: Forwarded): Promise<void> {
    return this.#forwarding.forward(message);
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
    this.#admission.stop();
    this.#acknowledgements.abandon();
    this.#lost.abort(error);
    void closeChannel(this.#channel);
    this.#end.reject(error);
  }
}

/** The messages that one message brought. */
interface Batch {
  /** How many are not settled. */
  left: number;
  /** False when one of them was left. */
  isDone: boolean;
}

/**
 * Notices that the process hung: it was paused, its machine slept, or its event loop was blocked. Otherwise, after
 * waking up, it would continue where it was, and learn only later that another process has taken over.
 */
class StandstillWatch {
  readonly #limitMs: number;
  readonly #onStandstill: (milliseconds: number) => void;
  readonly #timer: NodeJS.Timeout;
  #movedAt = performance.now();

  /** @param onStandstill Called when it stood still for longer than the limit, as soon as it moves again. */
  constructor(limitMs: number, onStandstill: (milliseconds: number) => void) {
    this.#limitMs = limitMs;
    this.#onStandstill = onStandstill;
    this.#timer = setInterval(() => this.check(), limitMs / 5).unref();
  }

  /** To be called where it matters: after a pause other callbacks may run before the timer does. */
  check(): void {
    const now = performance.now();
    const stoodMs = now - this.#movedAt;
    this.#movedAt = now;
    if (stoodMs > this.#limitMs) this.#onStandstill(stoodMs);
  }

  stop(): void {
    clearInterval(this.#timer);
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
