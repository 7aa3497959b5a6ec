import type { Pool } from '#database';
import type { Logger } from '#observability';
import { leaseMs, renewLeases, type Claim } from './claims.ts';
import type { Hold, Lane } from '../call/hold.ts';

/** Between the end of a lease as we reckon it and as the database does, for the time that a step takes to show. */
const marginMs = 5_000;

/** The lease on a key cannot be relied upon any more. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly code = 'lease_lost';
}

/** The right to work on the events of a key that waits. Others may have it when its time is up. */
export class Lease implements Hold {
  readonly id: string;
  readonly key: string;
  readonly detached: boolean;
  lane: Lane;
  readonly #extend: (lease: Lease, milliseconds: number) => Promise<void>;
  readonly #lost = new AbortController();
  #validUntil = 0;

  /** @param extend Makes it last for so many milliseconds at least, and calls {@link renewed}. */
  constructor(
    claim: { readonly key: string; readonly leaseId: string; readonly detached: boolean; readonly lane: Lane },
    extend: (lease: Lease, milliseconds: number) => Promise<void>,
  ) {
    this.id = claim.leaseId;
    this.key = claim.key;
    this.detached = claim.detached;
    this.lane = claim.lane;
    this.#extend = extend;
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * To be called when the database has made it last for so many milliseconds.
   *
   * @param askedAt When it was asked to, by `performance.now()`: the lease is at least as old as that.
   */
  renewed(askedAt: number, milliseconds: number): void {
    this.#validUntil = Math.max(this.#validUntil, askedAt + milliseconds - marginMs);
  }

  /** Takes the right away. */
  lose(reason: Error): void {
    this.#lost.abort(reason);
  }

  /** To be called now and then, so that what runs is ended when the time is up. */
  check(): void {
    if (performance.now() > this.#validUntil) this.lose(new LeaseLost(`the lease on ${this.key} has run out`));
  }

  assertOurs(): void {
    this.check();
    this.signal.throwIfAborted();
  }

  async outlasts(milliseconds: number): Promise<boolean> {
    this.assertOurs();
    if (this.#validUntil - performance.now() < milliseconds) await this.#extend(this, milliseconds + 2 * marginMs);
    this.assertOurs();
    return true;
  }
}

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
