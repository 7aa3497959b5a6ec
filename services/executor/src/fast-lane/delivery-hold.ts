import type { Delivery } from '#broker';
import type { Hold } from '../dispatch/hold.ts';

/**
 * RabbitMQ takes a channel away whose message is unacknowledged for 30 minutes, and everything that it carries comes again. A
 * message is not held for as long as that, by far.
 */
const longestHoldMs = 10 * 60_000;

/** The right to work on an event for as long as its message is ours. */
export class DeliveryHold implements Hold {
  readonly lane = 'fast';
  readonly #delivery: Pick<Delivery, 'signal' | 'assertOurs'>;
  readonly #heldSince = performance.now();

  /** To be made when the message arrives. */
  constructor(delivery: Pick<Delivery, 'signal' | 'assertOurs'>) {
    this.#delivery = delivery;
  }

  get signal(): AbortSignal {
    return this.#delivery.signal;
  }

  /** Milliseconds since the message arrived. */
  get heldMs(): number {
    return performance.now() - this.#heldSince;
  }

  assertOurs(): void {
    this.#delivery.assertOurs();
  }

  outlasts(milliseconds: number): Promise<boolean> {
    return Promise.resolve(this.heldMs + milliseconds <= longestHoldMs);
  }
}
