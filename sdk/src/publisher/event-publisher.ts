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
  /** How long an event is tried to be published, reconnecting included; milliseconds. */
  patienceMs?: number;
  /** Called when the connection is lost; the publisher reconnects. */
  onLost?: (error: Error) => void;
}

const defaultPatienceMs = 30_000;
/** After a refusal, or a channel that was closed at once: the broker is to get its breath back. */
const pauseMs = 200;

/** Publishes events as a billing system does: persistent, confirmed, and in order for each client. */
export class EventPublisher implements AsyncDisposable {
  readonly #channel: ConfirmingChannel;
  readonly #patienceMs: number;
  readonly #turns = new KeyTurns();
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();

  /** @throws When the broker does not let us in, or cannot be reached. */
  static async connect(options: EventPublisherOptions): Promise<EventPublisher> {
    const { url, name = 'provisor-sdk', patienceMs = defaultPatienceMs, onLost = () => undefined } = options;
    return new EventPublisher(await ConfirmingChannel.open(url, name, onLost), patienceMs);
  }

  private constructor(channel: ConfirmingChannel, patienceMs: number) {
    this.#channel = channel;
    this.#patienceMs = patienceMs;
  }

  /**
   * Resolves when the broker has the event safe: then the row of an outbox can go. Events of one key are sent one at a
   * time, in the order of the calls; those of different keys side by side.
   *
   * @throws {PublishError} When it is not safe; published again with the same id, it is run once.
   */
  async publish<T extends AnyEventType>(event: EventToPublish<T>): Promise<{ id: string }> {
    const message = eventMessage(event);
    const { id, key } = message;
    if (this.#closing.signal.aborted) throw new PublishError('closed', id, 'the publisher is closed');
    const behindFailed = (cause: unknown): Error =>
      new PublishError('behind_failed', id, 'one of its key before it has failed', { cause });
    const published = this.#turns.take(key, () => this.#deliver(message), behindFailed);
    this.#underWay.add(published);
    const leave = (): unknown => this.#underWay.delete(published);
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
    await Promise.allSettled(this.#underWay);
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
          `no queue takes ${message.type}: has Provisor been started here?`,
        );
      }
      if (performance.now() + pauseMs >= deadline) {
        const words = `RabbitMQ has not confirmed it within ${this.#patienceMs} ms`;
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
