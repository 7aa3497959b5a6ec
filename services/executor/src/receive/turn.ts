import type { Delivery } from '#broker';
import { EventRejected } from '#contracts';
import type { Logger } from '#observability';
import type { Turn } from '../execute/event-runner.ts';
import type { Arrival } from '../record/run.ts';
import { uncountedBytes, type Bodies, type WaitingBody } from './bodies/bodies.ts';
import type { Ending } from './settle.ts';

/** Reads what a message brought, or the same once more out of its body; its id is the one that it was given then. */
export type Read = (content: Buffer, id?: string) => Arrival;

/** A body that takes no memory, and what makes the event of it. */
interface Aside {
  readonly body: WaitingBody;
  readonly read: Read;
}

/**
 * RabbitMQ takes a channel away whose message is unacknowledged for 30 minutes, and everything that it carries comes
 * again. A message is not held for as long as that, by far.
 */
const longestHoldMs = 10 * 60_000;

/**
 * The turn of an event among those of its key. While it waits for it, its body takes memory only as long as there is
 * enough of it; then it is the right to work on the event for as long as its message is ours.
 */
export class EventTurn implements Turn {
  readonly lane = 'fast';
  readonly delivery: Delivery;
  readonly eventId: string;
  readonly eventType: string;
  readonly partitionKey: string;
  /** False when its id was made up, since the message has none. */
  readonly hasOwnId: boolean;
  readonly repeated: boolean;
  waitedMs = 0;
  crowded = false;
  #heldSince = 0;
  /** One of these two: the event is here, or its body is aside. */
  readonly #arrival: Arrival | undefined;
  readonly #aside: Aside | undefined;
  readonly #giveBack: (() => void) | undefined;

  /**
   * Reads a message, and takes room for its body or puts it aside. It waits for nothing: a function that waits keeps
   * all that it has read, and an event that was put aside has to go.
   */
  static open(delivery: Delivery, read: Read, bodies: Bodies, logger: Logger): EventTurn | Ending {
    const arrival = arrivalOf(delivery, read, logger);
    if (arrival instanceof EventRejected) {
      return delivery.begin() ? { kind: 'unreadable', rejection: arrival } : 'not_begun';
    }
    const bytes = arrival.content.length;
    // Nearly every event is one of these, and waits for no more than its turn.
    if (bytes <= uncountedBytes) return new EventTurn(delivery, arrival, true);
    const giveBack = bodies.tryTake(bytes);
    if (giveBack) return new EventTurn(delivery, arrival, true, undefined, giveBack);
    const body = bodies.putAside(delivery.takeContent(), delivery.signal);
    return new EventTurn(delivery, arrival, false, { body, read });
  }

  private constructor(delivery: Delivery, arrival: Arrival, isHere: boolean, aside?: Aside, giveBack?: () => void) {
    const { event, repeated } = arrival;
    this.delivery = delivery;
    this.eventId = event.id;
    this.eventType = event.type;
    this.partitionKey = event.partitionKey;
    this.hasOwnId = event.hasOwnId;
    this.repeated = repeated;
    this.#arrival = isHere ? arrival : undefined;
    this.#aside = aside;
    this.#giveBack = giveBack;
  }

  get signal(): AbortSignal {
    return this.delivery.signal;
  }

  /** To be called when it begins to wait for its turn. */
  wait(): void {
    this.#heldSince = performance.now();
  }

  /** To be called when its turn has come; false when it must not begin any more, and is let go. */
  begin(): boolean {
    this.waitedMs = this.#heldMs();
    // At this moment, when the place of the event before it is not free yet.
    this.crowded = this.delivery.crowded;
    if (this.delivery.begin()) return true;
    this.#giveBack?.();
    this.#aside?.body.drop();
    return false;
  }

  /**
   * Works on the event, at once or as soon as there is room for it. To be called once.
   *
   * @throws When the message is lost before.
   */
  use<T>(work: (arrival: Arrival) => Promise<T>): Promise<T> {
    if (!this.#arrival) return this.#useLater(work);
    const worked = work(this.#arrival);
    return this.#giveBack ? worked.finally(this.#giveBack) : worked;
  }

  assertOurs(): void {
    this.delivery.assertOurs();
  }

  outlasts(milliseconds: number): boolean {
    return this.#heldMs() + milliseconds <= longestHoldMs;
  }

  async #useLater<T>(work: (arrival: Arrival) => Promise<T>): Promise<T> {
    const { body, read } = this.#aside!;
    const { content, close } = await body.open();
    try {
      return await work(read(content, this.eventId));
    } finally {
      close();
    }
  }

  #heldMs(): number {
    return performance.now() - this.#heldSince;
  }
}

function arrivalOf({ content, messageId }: Delivery, read: Read, logger: Logger): Arrival | EventRejected {
  try {
    return read(content);
  } catch (error) {
    if (error instanceof EventRejected) return error;
    logger.error({ err: error, messageId }, 'failed to decode message; rejecting it');
    return new EventRejected('internal_error', `Provisor could not decode it: ${(error as Error).message}`);
  }
}
