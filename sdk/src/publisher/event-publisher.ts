import { setTimeout as delay } from 'node:timers/promises';
import type { AnyEventType } from '../events/event-data.ts';
import { ConfirmingChannel, type Sent } from './confirming-channel.ts';
import { eventMessage, type EventMessage, type EventToPublish } from './event-message.ts';
import { KeyTurns } from './key-turns.ts';
import { PublishError } from './publish-error.ts';

export interface EventPublisherOptions {
  /** `amqp://…` or `amqps://…` */
  url: string;
  /** Shown in the broker's list of connections. */
  name?: string;
  /**
   * The number of partitions (`PARTITIONS`). Events with a key then go to the partition of their key and pass the
   * intake. All publishers of a key have to use the same way.
   */
  partitions?: number;
  /** Timeout for publishing an event, including reconnection; milliseconds. */
  patienceMs?: number;
  /** Called when the connection is lost; the publisher reconnects. */
  onLost?: (error: Error) => void;
}

const defaultPatienceMs = 30_000;
/** Delay after a refusal or a closed channel, so that the broker can recover. */
const pauseMs = 200;

/** Publishes events as a billing system does: persistent, confirmed, and in order for each client. */
export class EventPublisher implements AsyncDisposable {
  readonly #channel: ConfirmingChannel;
  readonly #patienceMs: number;
  readonly #partitions: number | undefined;
  readonly #turns = new KeyTurns();
  readonly #closing = new AbortController();
  readonly #inFlight = new Set<Promise<unknown>>();

  /** @throws When the broker refuses the login, or cannot be reached. */
  static async connect(options: EventPublisherOptions): Promise<EventPublisher> {
    const {
      url,
      name = 'provisor-sdk',
      patienceMs = defaultPatienceMs,
      partitions,
      onLost = () => undefined,
    } = options;
    if (partitions !== undefined && !(Number.isSafeInteger(partitions) && partitions >= 1)) {
      throw new RangeError('partitions must be a whole number from 1');
    }
    return new EventPublisher(await ConfirmingChannel.open(url, name, onLost), patienceMs, partitions);
  }

  private constructor(channel: ConfirmingChannel, patienceMs: number, partitions: number | undefined) {
    this.#channel = channel;
    this.#patienceMs = patienceMs;
    this.#partitions = partitions;
  }

  /**
   * Resolves when the broker has confirmed the event; then the row of an outbox can be deleted. Events of one key are
   * sent one at a time, in the order of the calls; events of different keys in parallel.
   *
   * @throws {PublishError} When it is not confirmed. Published again with the same id, it runs once.
   */
  async publish<T extends AnyEventType>(event: EventToPublish<T>): Promise<{ id: string }> {
    const message = eventMessage(event, this.#partitions);
    const { id, key } = message;
    if (this.#closing.signal.aborted) throw new PublishError('closed', id, 'the publisher is closed');
    const behindFailed = (cause: unknown): Error =>
      new PublishError('behind_failed', id, 'not sent, because an earlier event with the same key failed', { cause });
    const published = this.#turns.take(key, () => this.#deliver(message), behindFailed);
    this.#inFlight.add(published);
    const leave = (): unknown => this.#inFlight.delete(published);
    published.then(leave, leave);
    await published;
    return { id };
  }

  /**
   * Publishes many events, in order for each key, and resolves with the result of each, at its index. It does not throw
   * if one fails: an outbox removes those that are safe and publishes the rest again.
   */
  async publishAll(events: readonly EventToPublish[]): Promise<PromiseSettledResult<{ id: string }>[]> {
    return Promise.allSettled(events.map((event) => this.publish(event)));
  }

  /** Waits for messages in flight, up to its patience, and closes the connection. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#inFlight);
    await this.#channel.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #deliver(message: EventMessage): Promise<void> {
    const deadline = performance.now() + this.#patienceMs;
    for (;;) {
      const sent = await this.#within(deadline, this.#channel.send(message));
      if (sent.kind === 'confirmed') return;
      if (sent.kind === 'unroutable') {
        throw new PublishError(
          'unroutable',
          message.id,
          `no queue receives ${message.type}: start Provisor on this broker, or check the URL`,
        );
      }
      if (performance.now() + pauseMs >= deadline) {
        const words = `RabbitMQ did not confirm the event within ${this.#patienceMs} ms`;
        throw new PublishError('timeout', message.id, words, { cause: sent.cause });
      }
      await delay(pauseMs);
    }
  }

  async #within(deadline: number, sending: Promise<Sent>): Promise<Sent> {
    const giveUp = new AbortController();
    const late = delay(Math.max(deadline - performance.now(), 0), undefined, { signal: giveUp.signal }).then(
      (): Sent => ({
        kind: 'unknown',
        cause: new Error('no answer'),
      }),
    );
    late.catch(() => undefined);
    try {
      return await Promise.race([sending, late]);
    } finally {
      giveUp.abort();
    }
  }
}
