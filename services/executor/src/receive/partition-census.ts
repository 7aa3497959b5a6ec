import type { Now } from '#database';

/**
 * Which partitions this executor reads, as far as it can know: the broker does not tell a subscriber that it has become
 * the active one, but what it delivers does.
 */
export class PartitionCensus {
  readonly #lastSeen = new Map<number, number>();
  readonly #now: Now;

  /** @param now The database's clock: executors compare what they have seen. */
  constructor(now: Now) {
    this.#now = now;
  }

  /** To be called with every message of a partition. */
  seen(partition: number): void {
    this.#lastSeen.set(partition, this.#now());
  }

  /** For each partition that sent something, when it last did, as ISO 8601. */
  report(): Record<string, string> {
    return Object.fromEntries(
      [...this.#lastSeen].map(([partition, time]) => [partition, new Date(time).toISOString()]),
    );
  }
}
