import type { Pool } from '#database';
import type { Logger } from '#observability';
import { leaseMs, renewLeases, type Claim } from './claims.ts';
import { Lease } from './lease.ts';
import type { Lane } from '../dispatch/hold.ts';

const renewEveryMs = leaseMs / 3;
const checkEveryMs = 1_000;

/** The leases of this executor: renews them all with one statement, and ends the work on those whose time is up. */
export class KeyLeases {
  readonly #pool: Pool;
  readonly #logger: Logger;
  readonly #held = new Map<string, Lease>();
  #timers: NodeJS.Timeout[] = [];

  constructor(pool: Pool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  start(): void {
    this.#timers = [
      setInterval(() => void this.#renewAll(), renewEveryMs),
      setInterval(() => this.#held.forEach((lease) => lease.check()), checkEveryMs),
    ];
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** @param askedAt When the key was claimed, by `performance.now()`, for so many milliseconds. */
  add(claim: Claim & { readonly lane: Lane }, askedAt: number, milliseconds: number): Lease {
    const lease = new Lease(claim, (extended, longer) => this.#renew([extended], longer));
    lease.renewed(askedAt, milliseconds);
    this.#held.set(lease.id, lease);
    return lease;
  }

  remove(lease: Lease): void {
    this.#held.delete(lease.id);
  }

  loseAll(reason: Error): void {
    for (const lease of this.#held.values()) lease.lose(reason);
  }

  async #renewAll(): Promise<void> {
    if (this.#held.size === 0) return;
    try {
      await this.#renew([...this.#held.values()], leaseMs);
    } catch (error) {
      // They run out by themselves if it goes on like that.
      this.#logger.warn({ err: error, leases: this.#held.size }, 'leases of the slow lane could not be renewed');
    }
  }

  async #renew(leases: readonly Lease[], milliseconds: number): Promise<void> {
    const askedAt = performance.now();
    const renewed = await renewLeases(
      this.#pool,
      leases.map(({ id }) => id),
      milliseconds,
    );
    for (const id of renewed) this.#held.get(id)?.renewed(askedAt, milliseconds);
  }
}
