import type { Channel, ConsumeMessage } from 'amqplib';
import { TransientMap, TransientSet } from '#collections';

/** What of a message tells it from others of its channel. */
type Tagged = Pick<ConsumeMessage, 'fields'>;

/**
 * Deliveries that were done before an older one are acknowledged one by one after this time, or when they are this
 * share of what the broker hands out unacknowledged: it sends no others in their place.
 */
const patienceMs = 100;
const share = 1 / 4;

/**
 * Acknowledges the deliveries of one channel, as many as can be with one frame: everything up to the oldest one that is
 * not done. For a quorum queue each frame is an entry in its log, however many deliveries it speaks of.
 *
 * What is done and not acknowledged yet when the channel is lost comes again, as it also does when the frame is lost on
 * its way.
 */
export class Acknowledgements {
  readonly #channel: Pick<Channel, 'ack'>;
  readonly #onFailure: (error: Error) => void;
  /** Tag of the oldest delivery that is not done. The broker counts them from 1. */
  #oldest = 1;
  /** By tag, what is done and was not acknowledged. */
  readonly #done = new TransientMap<number, Tagged>();
  /** Tags after the oldest that were acknowledged one by one. */
  readonly #ahead = new TransientSet<number>();
  readonly #mostDone: number;
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param prefetch Deliveries that the broker hands out unacknowledged.
   * @param onFailure Called when the channel takes no acknowledgement any more.
   */
  constructor(channel: Pick<Channel, 'ack'>, prefetch: number, onFailure: (error: Error) => void) {
    this.#channel = channel;
    this.#mostDone = prefetch * share;
    this.#onFailure = onFailure;
  }

  /** To be called once for each delivery that is done. */
  add(message: Tagged): void {
    this.#done.set(message.fields.deliveryTag, message);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // What one commit of the journal settles is all here by then.
    setImmediate(() => this.#acknowledgeOldest());
  }

  /** Acknowledges what is left, before the channel is closed. */
  flush(): void {
    this.#acknowledgeOldest();
    this.#acknowledgeRest();
  }

  /** Acknowledges nothing more: the channel is gone. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#done.clear();
  }

  #acknowledgeOldest(): void {
    this.#scheduled = false;
    let newest: Tagged | undefined;
    for (; this.#done.has(this.#oldest) || this.#ahead.delete(this.#oldest); this.#oldest++) {
      newest = this.#done.get(this.#oldest) ?? newest;
      this.#done.delete(this.#oldest);
    }
    // It must be one that the broker still waits for; that it speaks of others ahead of it does no harm.
    if (newest) this.#acknowledge(newest, true);
    if (this.#done.size > this.#mostDone) this.#acknowledgeRest();
    else if (this.#done.size > 0) this.#timer ??= setTimeout(() => this.#acknowledgeRest(), patienceMs);
  }

  #acknowledgeRest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [tag, message] of this.#done) {
      this.#acknowledge(message, false);
      this.#ahead.add(tag);
    }
    this.#done.clear();
  }

  #acknowledge(message: Tagged, andAllBefore: boolean): void {
    try {
      this.#channel.ack(message as ConsumeMessage, andAllBefore);
    } catch (error) {
      this.#onFailure(error as Error);
    }
  }
}
