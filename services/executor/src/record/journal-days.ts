import { blockersOf, isLockNotAvailable, thisDatabase, withLimit, type Pool, type PoolClient } from '#database';
import type { Logger } from '#observability';

/** Days made ahead: an installation whose executors all rest for a week still finds its days made. */
const daysAhead = 7;
const intervalMs = 3_600_000;
/** After a lock that was not to be had: a report, or a backup that reads the journal, is over some time. */
const lockedIntervalMs = 60_000;
/** How long a statement may take, milliseconds: the rows that have no day yet may be many. */
const limitMs = 600_000;
const tables = ['events', 'event_values', 'attempts'] as const;

const makeStatement = `select day::text, make_journal_day($1, day) as moved
  from (select (now() at time zone 'UTC')::date + $2::integer as day) as wanted`;

/** @param parameter Milliseconds. */
const interval = (parameter: string) => `make_interval(secs => ${parameter}::double precision / 1000)`;
const dropStatement = `select drop_journal_days($1, ${interval('$2')}) as dropped`;
const deleteRejectedStatement = `delete from rejected_messages
  where id < journal_day_start(first_kept_day(${interval('$1')}))`;

// With its event a failure cannot be resumed or looked into any more.
const deleteFailuresStatement = `delete from failures
  where journal_id < journal_day_start(first_kept_day(${interval('$1')}))`;

/**
 * Keeps the journal divided into days, of which old ones are dropped whole: deleting their rows one by one would take
 * longer than writing them did. Every executor does it; one at a time, and what is done is not done again. Which day it
 * is, the database says.
 */
export class JournalDays {
  readonly #pool: Pool;
  readonly #retentionMs: number;
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** @param retentionMs How long rows are kept at least, milliseconds. A day goes when all of it is older. */
  constructor(pool: Pool, retentionMs: number, logger: Logger) {
    this.#pool = pool;
    this.#retentionMs = retentionMs;
    this.#logger = logger;
  }

  /** Keeps the days in order from now on; resolves when they are, or when that has failed for this time. */
  async start(): Promise<void> {
    await this.#tryToKeep();
  }

  stop(): void {
    this.#stopping.abort();
    clearTimeout(this.#timer);
  }

  /** Makes the days to come, and drops those that are over and old. */
  async keep(): Promise<void> {
    await withLimit(this.#pool, limitMs, async (client) => {
      for (const table of tables) {
        for (let ahead = 0; ahead <= daysAhead; ahead++) {
          await transaction(client, () => this.#make(client, table, ahead));
        }
      }
      for (const table of tables) await transaction(client, () => this.#drop(client, table));
      // These come one by one and are few.
      await client.query(deleteRejectedStatement, [this.#retentionMs]);
      await client.query(deleteFailuresStatement, [this.#retentionMs]);
    });
  }

  /** What fails now is tried again later: there are days in stock, and rows without a day have a place as well. */
  async #tryToKeep(): Promise<void> {
    const againMs = await this.keep().then(
      () => intervalMs,
      (error: unknown) => this.#failed(error),
    );
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#tryToKeep(), againMs).unref();
  }

  /** Says after how many milliseconds to try again. */
  async #failed(error: unknown): Promise<number> {
    if (!isLockNotAvailable(error)) {
      this.#logger.warn({ err: error }, 'failed to maintain journal days; retrying in an hour');
      return intervalMs;
    }
    const blockers = await blockersOf(this.#pool, journalReaders).catch(() => []);
    this.#logger.warn(
      { blockers },
      'journal days are blocked by other sessions; writing continues, retrying in a minute',
    );
    return lockedIntervalMs;
  }

  async #make(client: PoolClient, table: string, ahead: number): Promise<void> {
    const { rows } = await client.query<{ day: string; moved: string | null }>(makeStatement, [table, ahead]);
    const { day, moved } = rows[0]!;
    if (moved !== null) this.#logger.info({ table, day, moved: Number(moved) }, 'journal day created');
  }

  async #drop(client: PoolClient, table: string): Promise<void> {
    const { rows } = await client.query<{ dropped: string[] }>(dropStatement, [table, this.#retentionMs]);
    for (const name of rows[0]!.dropped) this.#logger.info({ table: name }, 'journal day dropped');
  }
}

/** Server processes of the transactions that have used the journal for a while, which is longer than writers do. */
const journalReaders = `select l.pid from pg_locks l join pg_stat_activity a using (pid)
  where l.database = ${thisDatabase} and l.relation in (select inhrelid from pg_inherits
      where inhparent in ('events'::regclass, 'event_values'::regclass, 'attempts'::regclass))
    and l.granted and coalesce(a.xact_start < now() - interval '1 second', true)`;

/** Does work in a transaction that no other executor's runs beside, and that does not hold up writers for long. */
async function transaction(client: PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  await client.query(`set local lock_timeout = '1s'`);
  await client.query(`select pg_advisory_xact_lock(hashtext('provisor.journal'))`);
  await work();
  await client.query('commit');
}
