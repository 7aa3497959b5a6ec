import type { Hold, Lane } from '../dispatch/hold.ts';

/** Between the end of a lease as we reckon it and as the database does, for the time that a step takes to show. */
const marginMs = 5_000;

/** The lease on a key cannot be relied upon any more. */
export class LeaseLost extends Error {
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
