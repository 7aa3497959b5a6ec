import type { Delivery, Settlement } from '#broker';
import { decodeBillingEvent, EventRejected, nativeContent, partitionOf, partitionQueue } from '#contracts';
import type { Logger } from '#observability';
import type { Arrival, FastLane } from '../fast-lane/fast-lane.ts';
import { KeySequencer } from '../fast-lane/key-sequencer.ts';
import type { RejectedMessages } from '../journal/rejected-messages.ts';
import { forwardedEvent, isReplayed, readForwardedEvent } from './forwarded-event.ts';
import type { Shortcut } from './shortcut.ts';

export interface IntakeParts {
  partitions: number;
  lane: FastLane;
  shortcut: Shortcut;
  rejected: RejectedMessages;
  logger: Logger;
}

/**
 * Takes each message from billing: an event is handled here while the shortcut is open, and else goes on to the partition of its
 * key; anything else is kept as rejected.
 */
export class Intake {
  readonly #parts: IntakeParts;
  /** Forwards events of a key behind those of it that are handled here. */
  #forwarding = new KeySequencer();
  /** Whether events were handled here since {@link #forwarding} was made. */
  #handledHere = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** It is called in the order of delivery, and events of a key go either way in that order. */
  async accept(delivery: Delivery): Promise<Settlement> {
    const { shortcut, rejected } = this.#parts;
    const arrival = this.#read(delivery);
    if (arrival instanceof EventRejected) {
      if (!delivery.begin()) return 'left';
      await rejected.keep(delivery, arrival);
      return 'done';
    }
    shortcut.wanted(delivery.signal);
    // An id that is made here is another one when the message comes again; it is kept with what is forwarded.
    if (!arrival.event.hasOwnId) shortcut.keepClosed();
    if (shortcut.deciding) await shortcut.deciding;
    return shortcut.open ? this.#handleHere(arrival, delivery) : this.#forward(arrival, delivery);
  }

  #read(delivery: Delivery): Arrival | EventRejected {
    try {
      if (isReplayed(delivery)) return readForwardedEvent(delivery);
      const event = decodeBillingEvent(delivery.content, delivery);
      return { event, repeated: delivery.redelivered, replay: null };
    } catch (error) {
      if (error instanceof EventRejected) return error;
      this.#parts.logger.error({ err: error, messageId: delivery.messageId }, 'a message could not be decoded');
      return new EventRejected('internal_error', `Provisor could not decode it: ${(error as Error).message}`);
    }
  }

  #handleHere(arrival: Arrival, delivery: Delivery): Promise<Settlement> {
    const { lane, shortcut } = this.#parts;
    this.#handledHere = true;
    // One that begins only now that the shortcut is closed might run beside what its partition's reader has of its key.
    return lane.take(arrival, delivery, () => (shortcut.open ? undefined : this.#send(arrival, delivery)));
  }

  #forward(arrival: Arrival, delivery: Delivery): Promise<Settlement> {
    const { lane, shortcut } = this.#parts;
    if (this.#handledHere) {
      this.#forwarding = lane.behindAll();
      this.#handledHere = false;
    }
    // The next one follows at once: what is sent one after another arrives in that order.
    const settled = this.#forwarding
      .run(arrival.event.partitionKey, () =>
        Promise.resolve({ sent: delivery.begin() ? this.#send(arrival, delivery) : ('left' as const) }),
      )
      .then(({ sent }) => sent);
    shortcut.forwarding(settled);
    return settled;
  }

  async #send({ event, repeated, replay }: Arrival, delivery: Delivery): Promise<Settlement> {
    const queue = partitionQueue(partitionOf(event.partitionKey, this.#parts.partitions));
    const content = nativeContent(event, delivery.content, delivery);
    await delivery.forward({ queue, ...forwardedEvent({ event, repeated, replay }, content) });
    return 'done';
  }
}
