import type { Settlement } from '#broker';
import { EventRejected } from '#contracts';
import { failSpan, type Logger, type Tracer } from '#observability';
import type { EventRunner } from '../execute/event-runner.ts';
import { logEnd } from '../execute/event-log.ts';
import { deliveredSpan } from '../observe/event-span.ts';
import type { Journal } from '../record/journal.ts';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Arrival } from '../record/run.ts';
import { settle, type Ending } from './settle.ts';
import type { EventTurn } from './turn.ts';

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
      if (ended) await journal.recordEvent(ended.run, ended.end, turn.signal);
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
  readonly #last = new Map<string, Promise<unknown>>();

  /** Keys that have work. */
  get size(): number {
    return this.#last.size;
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
