import type { Delivery, Settlement } from '#broker';
import { EventRejected, type BillingEvent } from '#contracts';
import type { Logger, Tracer } from '#observability';
import type { Dispatcher } from '../dispatch/dispatcher.ts';
import type { Replay } from '../dispatch/run.ts';
import type { RejectedMessages } from '../journal/rejected-messages.ts';
import { deliveredSpan } from '../traces/event-span.ts';
import { DeliveryHold } from './delivery-hold.ts';
import { KeySequencer } from './key-sequencer.ts';

/** An event as a message brought it. */
export interface Arrival {
  readonly event: BillingEvent;
  /** Whether it may have arrived, and been begun, before. */
  readonly repeated: boolean;
  readonly replay: Replay | null;
}

/** Takes each event to its end, in the turn of its key, while its message is held. */
export class FastLane {
  readonly #dispatcher: Dispatcher;
  readonly #rejected: RejectedMessages;
  readonly #logger: Logger;
  readonly #tracer: Tracer | undefined;
  readonly #sequencer = new KeySequencer();

  constructor(dispatcher: Dispatcher, rejected: RejectedMessages, logger: Logger, tracer?: Tracer) {
    this.#dispatcher = dispatcher;
    this.#rejected = rejected;
    this.#logger = logger;
    this.#tracer = tracer;
  }

  /**
   * It is called in the order of delivery, and takes the turn of the event's key before it waits for anything.
   *
   * @param detour Asked when it is the event's turn: what is to be done with it instead of handling it here.
   */
  take(arrival: Arrival, delivery: Delivery, detour?: () => Promise<Settlement> | undefined): Promise<Settlement> {
    const hold = new DeliveryHold(delivery);
    return this.#sequencer.run(arrival.event.partitionKey, () => {
      // While it waited for its turn the consumer may have begun to stop, or have lost the message to somebody else.
      if (!delivery.begin()) return Promise.resolve('left');
      return detour?.() ?? this.#handle(arrival, delivery, hold);
    });
  }

  /** A sequencer for what has to come behind all that is here now. */
  behindAll(): KeySequencer {
    return this.#sequencer.fork();
  }

  async #handle(arrival: Arrival, delivery: Delivery, hold: DeliveryHold): Promise<Settlement> {
    const waitedMs = hold.heldMs;
    const span = this.#tracer && deliveredSpan(this.#tracer, arrival, delivery, waitedMs);
    try {
      await this.#dispatcher.dispatch({ ...arrival, waitedMs, crowded: delivery.crowded, span }, hold);
      return 'done';
    } catch (error) {
      span?.fail(delivery.signal.aborted ? 'message_lost' : 'internal_error');
      if (delivery.signal.aborted) return 'left';
      // A fault of ours would meet the same message again for ever: a person has to look at it.
      this.#logger.error({ err: error, messageId: delivery.messageId }, 'an event could not be handled');
      await this.#rejected.keep(delivery, faultOfOurs(error));
      return 'done';
    } finally {
      span?.end();
    }
  }
}

function faultOfOurs(error: unknown): EventRejected {
  if (error instanceof EventRejected) return error;
  return new EventRejected('internal_error', `Provisor could not handle it: ${(error as Error).message}`);
}
