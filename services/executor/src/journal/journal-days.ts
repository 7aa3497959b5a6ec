import { lowestIdAt, type Pool, type PoolClient } from '#database';
import type { Logger } from '#observability';

const dayMs = 24 * 3_600_000;
/** Days made ahead: an installation whose executors all rest for a week still finds its days made. */
const daysAhead = 7;
const intervalMs = 3_600_000;
const tables = ['events', 'attempts'] as const;

/**
 * Keeps the journal divided into days, of which old ones are dropped whole: deleting their rows one by one would take longer
 * than writing them did. Every executor does it; one at a time, and what is done is not done again.
 */
export class JournalDays {
  readonly #pool: Pool;
  readonly #retentionMs: number;
  readonly #logger: Logger;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  /** @param retentionMs How long rows are kept at least, milliseconds. A day goes when all of it is older. */
  constructor(pool: Pool, retentionMs: number, logger: Logger, now: () => number = Date.now) {
    this.#pool = pool;
    this.#retentionMs = retentionMs;
    this.#logger = logger;
    this.#now = now;
  }

  /** Keeps the days in order from now on; resolves when they are, or when that has failed for this time. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#tryToKeep(), intervalMs);
    await this.#tryToKeep();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Makes the days to come, and drops those that are over and old. */
  async keep(): Promise<void> {
    const today = Math.floor(this.#now() / dayMs);
    const client = await this.#pool.connect();
    let done = false;
    try {
      for (const table of tables) {
        for (let day = today; day <= today + daysAhead; day++) {
          await transaction(client, () => this.#make(client, table, day));
        }
      }
      const oldest = Math.floor((this.#now() - this.#retentionMs) / dayMs);
      for (const table of tables) await transaction(client, () => this.#drop(client, table, oldest));
      // These come one by one and are few.
      await client.query('delete from rejected_messages where id < $1', [lowestIdAt(oldest * dayMs)]);
      done = true;
    } finally {
      // With the connection goes the transaction that failed on it.
      client.release(!done);
    }
  }

  /** What fails now is tried again an hour later: there are days in stock, and rows without a day have a place as well. */
  async #tryToKeep(): Promise<void> {
    try {
      await this.keep();
    } catch (error) {
      this.#logger.warn({ err: error }, 'the days of the journal could not be kept in order; trying again in an hour');
    }
  }

  async #make(client: PoolClient, table: string, day: number): Promise<void> {
    const { rows } = await client.query<{ moved: string | null }>('select make_journal_day($1, $2) as moved', [
      table,
      dateOf(day),
    ]);
    const moved = rows[0]!.moved;
    if (moved !== null) this.#logger.info({ table, day: dateOf(day), moved: Number(moved) }, 'journal day made');
  }

  async #drop(client: PoolClient, table: string, oldest: number): Promise<void> {
    const { rows } = await client.query<{ dropped: string[] }>('select drop_journal_days($1, $2) as dropped', [
      table,
      dateOf(oldest),
    ]);
    for (const name of rows[0]!.dropped) this.#logger.info({ table: name }, 'journal day dropped');
  }
}

/** A day, counted from 1970-01-01 (UTC), as PostgreSQL reads it. */
function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Does work in a transaction that no other executor's runs beside, and that does not hold up writers for long. */
async function transaction(client: PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  await client.query(`set local lock_timeout = '5s'`);
  await client.query(`select pg_advisory_xact_lock(hashtext('provisor.journal'))`);
  await work();
  await client.query('commit');
}
