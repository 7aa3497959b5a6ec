import type { Delivery, Settlement } from '#broker';
import { EventRejected } from '#contracts';
import type { FastLane } from '../fast-lane/fast-lane.ts';
import { readForwardedEvent } from '../intake/forwarded-event.ts';
import type { RejectedMessages } from '../journal/rejected-messages.ts';

/** Takes the events of the partitions that this executor reads. */
export class PartitionReader {
  readonly #lane: FastLane;
  readonly #rejected: RejectedMessages;

  constructor(lane: FastLane, rejected: RejectedMessages) {
    this.#lane = lane;
    this.#rejected = rejected;
  }

  /** It is called in the order of delivery. */
  async accept(delivery: Delivery): Promise<Settlement> {
    try {
      return await this.#lane.take(readForwardedEvent(delivery), delivery);
    } catch (error) {
      if (!(error instanceof EventRejected)) throw error;
      // The intake forwards nothing that does not fit; what somebody else put here, or another version, may not.
      await this.#rejected.keep(delivery, error);
      return 'done';
    }
  }
}
