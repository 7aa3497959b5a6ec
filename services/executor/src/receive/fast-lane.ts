import type { Delivery, Settlement } from '#broker';
import { EventRejected } from '#contracts';
import { failSpan, type Logger, type Tracer } from '#observability';
import type { EventRunner, Turn } from '../execute/event-runner.ts';
import { logEnd } from '../execute/event-log.ts';
import { deliveredSpan } from '../observe/event-span.ts';
import type { Journal } from '../record/journal.ts';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Arrival } from '../record/run.ts';
import { KeySequencer } from './key-sequencer.ts';
import type { Parcel } from './parcel.ts';
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
   * It is called in the order of delivery, and takes the turn of the event's key before it waits for anything.
   *
   * @param detour Asked when it is the event's turn: what is to be done with it instead of handling it here.
   */
  take(
    parcel: Parcel,
    delivery: Delivery,
    detour?: (arrival: Arrival) => Promise<Settlement> | undefined,
  ): Promise<Settlement> {
    const turn = new DeliveryTurn(delivery);
    const { eventId, eventType, partitionKey, repeated } = parcel;
    this.#parts.logger.debug({ eventId, eventType, partitionKey, queue: delivery.queue, repeated }, 'event received');
    return this.#sequencer.run(partitionKey, () => {
      // While it waited for its turn the consumer may have begun to stop, or have lost the message to another executor.
      if (turn.begin()) return parcel.use((arrival) => detour?.(arrival) ?? this.#handle(arrival, delivery, turn));
      parcel.drop();
      return Promise.resolve(settle('not_begun', delivery, this.#parts.rejected));
    });
  }

  /** A sequencer for what has to come behind all that is here now. */
  behindAll(): KeySequencer {
    return this.#sequencer.fork();
  }

  async #handle(arrival: Arrival, delivery: Delivery, turn: DeliveryTurn): Promise<Settlement> {
    const { events, journal, rejected, logger, tracer } = this.#parts;
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

/**
 * RabbitMQ takes a channel away whose message is unacknowledged for 30 minutes, and everything that it carries comes
 * again. A message is not held for as long as that, by far.
 */
const longestHoldMs = 10 * 60_000;

/** The right to work on an event for as long as its message is ours. */
class DeliveryTurn implements Turn {
  readonly lane = 'fast';
  readonly #delivery: Delivery;
  readonly #heldSince = performance.now();
  waitedMs = 0;
  crowded = false;

  /** To be made when the message arrives. */
  constructor(delivery: Delivery) {
    this.#delivery = delivery;
  }

  get signal(): AbortSignal {
    return this.#delivery.signal;
  }

  /** To be called when it is the event's turn; false when it must not begin any more. */
  begin(): boolean {
    this.waitedMs = this.#heldMs();
    // At this moment, when the place of the event before it is not free yet.
    this.crowded = this.#delivery.crowded;
    return this.#delivery.begin();
  }

  assertOurs(): void {
    this.#delivery.assertOurs();
  }

  outlasts(milliseconds: number): boolean {
    return this.#heldMs() + milliseconds <= longestHoldMs;
  }

  #heldMs(): number {
    return performance.now() - this.#heldSince;
  }
}
