import type { Delivery, Settlement } from '#broker';
import { EventRejected } from '#contracts';
import type { Logger } from '#observability';
import type { Dispatcher } from '../dispatch/dispatcher.ts';
import { readForwardedEvent } from '../intake/forwarded-event.ts';
import type { RejectedMessages } from '../journal/rejected-messages.ts';
import { DeliveryHold } from './delivery-hold.ts';
import { KeySequencer } from './key-sequencer.ts';

/** Takes each event of a partition to its end, in the turn of its key. */
export class PartitionReader {
  readonly #dispatcher: Dispatcher;
  readonly #rejected: RejectedMessages;
  readonly #logger: Logger;
  readonly #sequencer = new KeySequencer();

  constructor(dispatcher: Dispatcher, rejected: RejectedMessages, logger: Logger) {
    this.#dispatcher = dispatcher;
    this.#rejected = rejected;
    this.#logger = logger;
  }

  /** It is called in the order of delivery, and takes the turn of the event's key before it waits for anything. */
  async accept(delivery: Delivery): Promise<Settlement> {
    try {
      const forwarded = readForwardedEvent(delivery);
      const hold = new DeliveryHold(delivery);
      return await this.#sequencer.run(forwarded.event.partitionKey, async () => {
        // While it waited for its turn the consumer may have begun to stop, or have lost the message to somebody else.
        if (!delivery.begin()) return 'left';
        await this.#dispatcher.dispatch({ ...forwarded, waitedMs: hold.heldMs }, hold);
        return 'done';
      });
    } catch (error) {
      if (delivery.signal.aborted) return 'left';
      // A fault of ours would meet the same message again for ever: a person has to look at it.
      this.#logger.error({ err: error, messageId: delivery.messageId }, 'an event could not be handled');
      await this.#rejected.keep(delivery, faultOfOurs(error));
      return 'done';
    }
  }
}

function faultOfOurs(error: unknown): EventRejected {
  if (error instanceof EventRejected) return error;
  return new EventRejected('internal_error', `Provisor could not handle it: ${(error as Error).message}`);
}
