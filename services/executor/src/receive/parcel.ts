import type { Delivery } from '#broker';
import { EventRejected } from '#contracts';
import type { Logger } from '#observability';
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

/** An event that may have to wait for its turn, and takes memory only as long as there is enough of it. */
export class Parcel {
  readonly eventId: string;
  readonly eventType: string;
  readonly partitionKey: string;
  /** False when its id was made up, since the message has none. */
  readonly hasOwnId: boolean;
  readonly repeated: boolean;
  /** One of these two: the event is here, or its body is aside. */
  readonly #arrival: Arrival | undefined;
  readonly #aside: Aside | undefined;
  readonly #giveBack: (() => void) | undefined;

  /**
   * Reads a message, and takes room for its body or puts it aside. It waits for nothing: a function that waits keeps
   * all that it has read, and an event that was put aside has to go.
   */
  static open(delivery: Delivery, read: Read, bodies: Bodies, logger: Logger): Parcel | Ending {
    const arrival = arrivalOf(delivery, read, logger);
    if (arrival instanceof EventRejected) {
      return delivery.begin() ? { kind: 'unreadable', rejection: arrival } : 'not_begun';
    }
    const bytes = arrival.content.length;
    // Nearly every event is one of these, and waits for no more than its turn.
    if (bytes <= uncountedBytes) return new Parcel(arrival, arrival);
    const giveBack = bodies.tryTake(bytes);
    if (giveBack) return new Parcel(arrival, arrival, undefined, giveBack);
    return new Parcel(arrival, undefined, { body: bodies.putAside(delivery.takeContent(), delivery.signal), read });
  }

  private constructor(
    { event, repeated }: Arrival,
    arrival: Arrival | undefined,
    aside?: Aside,
    giveBack?: () => void,
  ) {
    this.eventId = event.id;
    this.eventType = event.type;
    this.partitionKey = event.partitionKey;
    this.hasOwnId = event.hasOwnId;
    this.repeated = repeated;
    this.#arrival = arrival;
    this.#aside = aside;
    this.#giveBack = giveBack;
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

  /** Lets it go unused. */
  drop(): void {
    this.#giveBack?.();
    this.#aside?.body.drop();
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
