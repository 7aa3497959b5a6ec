import type { Delivery, Settlement } from '#broker';
import { decodeBillingEvent, EventRejected, partitionOf, partitionQueue, type BillingEvent } from '#contracts';
import type { Logger } from '#observability';
import type { RejectedMessages } from '../journal/rejected-messages.ts';
import { forwardedEvent } from './forwarded-event.ts';

/** Takes each message from billing: an event goes on to the partition of its key, anything else is kept as rejected. */
export class Intake {
  readonly #partitions: number;
  readonly #rejected: RejectedMessages;
  readonly #logger: Logger;

  constructor(partitions: number, rejected: RejectedMessages, logger: Logger) {
    this.#partitions = partitions;
    this.#rejected = rejected;
    this.#logger = logger;
  }

  /** It is called in the order of delivery, and forwards in that order: it must not wait before it does. */
  async accept(delivery: Delivery): Promise<Settlement> {
    if (!delivery.begin()) return 'left';
    const decoded = this.#decode(delivery);
    if (decoded instanceof EventRejected) await this.#rejected.keep(delivery, decoded);
    else await this.#forward(decoded, delivery);
    return 'done';
  }

  #decode(delivery: Delivery): BillingEvent | EventRejected {
    try {
      return decodeBillingEvent(delivery.content, delivery);
    } catch (error) {
      if (error instanceof EventRejected) return error;
      this.#logger.error({ err: error, messageId: delivery.messageId }, 'a message could not be decoded');
      return new EventRejected('internal_error', `Provisor could not decode it: ${(error as Error).message}`);
    }
  }

  #forward(event: BillingEvent, delivery: Delivery): Promise<void> {
    const queue = partitionQueue(partitionOf(event.partitionKey, this.#partitions));
    return delivery.forward({ queue, ...forwardedEvent(event, delivery) });
  }
}
