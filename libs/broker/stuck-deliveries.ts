import { createHash } from 'node:crypto';
import type { Delivery } from './delivery.ts';
import { BrokerError } from './errors.ts';

/** Up to this number, ends of a session by one message may be coincidence. */
const patience = 3;
/** Messages that ended a session, at a time: they are few, or it is not their fault. */
const mostKnown = 100;

interface Ends {
  count: number;
  last: Error;
}

/**
 * Remembers which messages ended a session each time they came: such a message comes again with everything that was not
 * settled, and would keep all others from being handled for ever.
 */
export class StuckDeliveries {
  readonly #ends = new Map<string, Ends>();

  /**
   * What recognises a message when it comes again. To be called when it arrives, before its body is taken out.
   */
  recognise({ queue, exchange, routingKey, messageId = '', size, content }: Delivery): string {
    const hash = createHash('sha1').update(content);
    return [queue, exchange, routingKey, messageId, size, hash.digest('hex')].join('\n');
  }

  /** How the message has ended sessions; undefined as long as it may be tried once more. */
  endsOf(recognised: string): { readonly count: number; readonly last: Error } | undefined {
    const ends = this.#ends.get(recognised);
    return ends && ends.count >= patience ? ends : undefined;
  }

  /** To be called when a message has ended a session. */
  ended(recognised: string, error: Error): void {
    // What is wrong with the broker is no fault of a message.
    if (error instanceof BrokerError) return;
    const count = (this.#ends.get(recognised)?.count ?? 0) + 1;
    this.#ends.delete(recognised);
    this.#ends.set(recognised, { count, last: error });
    for (const oldest of this.#ends.keys()) {
      if (this.#ends.size <= mostKnown) break;
      this.#ends.delete(oldest);
    }
  }

  /** To be called when a message is settled. */
  settled(recognised: string): void {
    this.#ends.delete(recognised);
  }
}
