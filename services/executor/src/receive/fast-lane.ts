import type { Delivery, Settlement } from '#broker';
import { TransientMap } from '#collections';
import { EventRejected } from '#contracts';
import { failSpan, type Logger, type Tracer } from '#observability';
import { logEnd, type EventRunner, type Turn } from '../execute/event-runner.ts';
import { deliveredSpan } from '../observe/event-span.ts';
import type { Journal } from '../record/journal.ts';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Arrival } from '../record/run.ts';
import { uncountedBytes, type Bodies, type WaitingBody } from './bodies/bodies.ts';
import { settle, type Ending } from './settle.ts';

export interface FastLaneParts {
  events: Pick<EventRunner, 'arrive'>;
  journal: Pick<Journal, 'recordEvent'>;
  rejected: RejectedMessages;
  logger: Logger;
  /** While traces are on. */
  tracer: Tracer | undefined;
}

/** Takes each event to its end, in the turn of its key, while its message is held. */
export class FastLane {
  readonly #parts: FastLaneParts;
  readonly #sequencer = new KeySequencer();

  constructor(parts: FastLaneParts) {
    this.#parts = parts;
  }

  /**
   * It is called in the order of delivery, and takes its place behind others of its key before it waits for anything.
   *
   * @param detour Asked when it is the event's turn: what is to be done with it instead of handling it here.
   */
  take(turn: EventTurn, detour?: (arrival: Arrival) => Promise<Settlement> | undefined): Promise<Settlement> {
    const { eventId, eventType, partitionKey, repeated, delivery } = turn;
    this.#parts.logger.debug({ eventId, eventType, partitionKey, queue: delivery.queue, repeated }, 'event received');
    turn.wait();
    return this.#sequencer.run(partitionKey, () => {
      // While it waited for its turn the consumer may have begun to stop, or have lost the message to another executor.
      if (turn.begin()) return turn.use((arrival) => detour?.(arrival) ?? this.#handle(arrival, turn));
      return Promise.resolve(settle('not_begun', delivery, this.#parts.rejected));
    });
  }

  /** A sequencer for what has to come behind all that is here now. */
  behindAll(): KeySequencer {
    return this.#sequencer.fork();
  }

  async #handle(arrival: Arrival, turn: EventTurn): Promise<Settlement> {
    const { events, journal, rejected, logger, tracer } = this.#parts;
    const { delivery } = turn;
    const span = tracer && deliveredSpan(tracer, arrival, delivery, turn.waitedMs);
    let ending: Ending;
    try {
      const ended = await events.arrive(arrival, turn, span);
      if (ended) await journal.recordEvent(ended.run, ended.end, turn);
      // What the journal has is acknowledged, and nothing before.
      ending = 'committed';
      if (ended) logEnd(logger, ended.run, ended.end, 'event committed to the journal');
    } catch (error) {
      if (span) failSpan(span, turn.signal.aborted ? 'message_lost' : 'internal_error');
      ending = turn.signal.aborted
        ? 'lost'
        : { kind: 'failed', rejection: faultOfOurs(error), content: arrival.content };
      if (ending !== 'lost')
        logger.error({ err: error, messageId: delivery.messageId }, 'failed to process event; it returns to its queue');
    } finally {
      span?.end();
    }
    return settle(ending, delivery, rejected);
  }
}

function faultOfOurs(error: unknown): EventRejected {
  if (error instanceof EventRejected) return error;
  return new EventRejected('internal_error', `Provisor could not handle it: ${(error as Error).message}`);
}

/** Runs work of one key one after another, in the order given, and work of different keys side by side. */
export class KeySequencer {
  /** The newest work of each key that has any. */
  readonly #last = new TransientMap<string, Promise<unknown>>();

  /** Keys that have work. */
  get size(): number {
    return this.#last.size;
  }

  /** Whether work of the key runs or waits. */
  has(key: string): boolean {
    return this.#last.has(key);
  }

  /**
   * Begins the work when all that was given before for the same key has ended, however it ended. When the answer tells
   * of the end of some work, the next of its key has begun.
   */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    return mine.then(
      (result) => {
        this.#forget(key, mine);
        return result;
      },
      (error: unknown) => {
        this.#forget(key, mine);
        throw error;
      },
    );
  }

  /** Another sequencer, whose work of a key begins when all that this one has of it now has ended. */
  fork(): KeySequencer {
    const fork = new KeySequencer();
    for (const [key, last] of this.#last) {
      fork.#last.set(key, last);
      const forget = () => fork.#forget(key, last);
      last.then(forget, forget);
    }
    return fork;
  }

  /** Resolves when all that there is now has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }

  #forget(key: string, last: Promise<unknown>): void {
    if (this.#last.get(key) === last) this.#last.delete(key);
  }
}

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

  /** Whether work on it needs not wait for its body. */
  get isHere(): boolean {
    return this.#arrival !== undefined;
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
