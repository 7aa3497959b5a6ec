import type { Pool } from './pool.ts';

/** How long a lease lasts from when it is taken or renewed: milliseconds, by the database's clock. */
export const leaseMs = 30_000;

const end = `now() + make_interval(secs => ${String(leaseMs / 1_000)})`;

/** What a statement says of the columns `lease_id` and `lease_until`. */
export const leaseTerms = {
  /** When a lease ends that is taken now. */
  end,
  /** Takes a lease; a condition has to say that it is free. */
  take: (id = 'gen_random_uuid()') => `lease_id = ${id}, lease_until = ${end}`,
  keep: `lease_until = ${end}`,
  giveBack: 'lease_id = null, lease_until = null',
  /**
   * Gives it back; where the row does not say all that was done, with an id that no executor has. It tells the next one
   * to ask the journal, as the id of an executor that died does.
   */
  giveBackWhole: (isWhole: string) =>
    `lease_id = case when not (${isWhole}) then gen_random_uuid() end, lease_until = null`,
  isFree: `coalesce(lease_until, '-infinity') <= now()`,
};

/** A lease ends earlier here than in the database, by the time that a step takes to show. */
const marginMs = 5_000;
const renewEveryMs = leaseMs / 3;
const checkEveryMs = 1_000;

/** This executor no longer has the lease. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly code = 'lease_lost';
}

/**
 * The right to work on a row of the database, until it runs out. Another executor may take it then, so this one begins
 * nothing, and ends what runs. Every write checks the lease's id, so an executor that was paused changes nothing.
 */
export class Lease {
  readonly id: string;
  /** Of the row. */
  readonly key: string;
  readonly #leases: Leases;
  readonly #lost = new AbortController();
  #validUntil = 0;

  /** @param askedAt When the database was asked for it, by `performance.now()`: the lease is at least as old. */
  constructor(leases: Leases, id: string, key: string, askedAt: number) {
    this.id = id;
    this.key = key;
    this.#leases = leases;
    this.renewed(askedAt, leaseMs);
    leases.add(this);
  }

  /** Fires when it is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Notes that the database has renewed it for a number of milliseconds.
   *
   * @param askedAt When the database was asked, by `performance.now()`.
   */
  renewed(askedAt: number, milliseconds: number): void {
    this.#validUntil = Math.max(this.#validUntil, askedAt + milliseconds - marginMs);
  }

  /** Takes the right away. */
  lose(reason: Error): void {
    this.#lost.abort(reason);
  }

  /** Ends what runs when the lease has run out; called every second. */
  check(): void {
    if (performance.now() > this.#validUntil) this.lose(new LeaseLost(`the lease on ${this.key} has run out`));
  }

  /** @throws The signal's reason when it is lost. */
  assertOurs(): void {
    this.check();
    this.signal.throwIfAborted();
  }

  /** Makes it last for a number of milliseconds from now. @throws The signal's reason when it is lost. */
  outlasts(milliseconds: number): true | Promise<true> {
    this.assertOurs();
    return this.#validUntil - performance.now() < milliseconds ? this.#prolong(milliseconds) : true;
  }

  async #prolong(milliseconds: number): Promise<true> {
    await this.#leases.renew([this], milliseconds + 2 * marginMs);
    this.assertOurs();
    return true;
  }

  /** Is called when the work is done: the lease is not renewed any more. */
  end(): void {
    this.#leases.remove(this);
  }
}

/** A table whose rows are leased, and its primary key. */
export interface LeasedTable {
  readonly table: 'deferral_keys' | 'operation_runs' | 'notice_watch';
  readonly key: 'key' | 'operation_id' | 'id';
  readonly keyType: 'text' | 'uuid';
}

/**
 * The leases that this process holds on rows of a table. Renews all in one statement, and ends those that have run out.
 */
export class Leases {
  readonly #pool: Pool;
  readonly #renewStatement: { name: string; text: string };
  readonly #onFault: (error: unknown, leases: number) => void;
  readonly #held = new Map<string, Lease>();
  #timers: NodeJS.Timeout[] = [];

  /** @param onFault Is called when leases could not be renewed. They run out if that continues. */
  constructor(pool: Pool, { table, key, keyType }: LeasedTable, onFault: (error: unknown, leases: number) => void) {
    this.#pool = pool;
    this.#onFault = onFault;
    // A row that is locked at the moment is left out, rather than waited for: there is time to renew it the next time.
    this.#renewStatement = {
      name: `renew-leases-${table}`,
      text: `update ${table}
        set lease_until = greatest(lease_until, now() + make_interval(secs => $3::double precision / 1000))
        where ${key} in (
          select ${key} from ${table} where ${key} = any($1::${keyType}[]) and lease_id = any($2::uuid[])
          order by ${key} for update skip locked
        ) returning lease_id as id`,
    };
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

  add(lease: Lease): void {
    this.#held.set(lease.id, lease);
  }

  remove(lease: Lease): void {
    this.#held.delete(lease.id);
  }

  loseAll(reason: Error): void {
    for (const lease of this.#held.values()) lease.lose(reason);
  }

  /** Makes leases last for a number of milliseconds from now, at least; those that are lost stay as they are. */
  async renew(leases: readonly Lease[], milliseconds: number): Promise<void> {
    const askedAt = performance.now();
    const values = [leases.map(({ key }) => key), leases.map(({ id }) => id), milliseconds];
    const { rows } = await this.#pool.query<{ id: string }>({ ...this.#renewStatement, values });
    for (const { id } of rows) this.#held.get(id)?.renewed(askedAt, milliseconds);
  }

  async #renewAll(): Promise<void> {
    if (this.#held.size === 0) return;
    try {
      await this.renew([...this.#held.values()], leaseMs);
    } catch (error) {
      this.#onFault(error, this.#held.size);
    }
  }
}
