import { setTimeout as delay } from 'node:timers/promises';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { applyGrants, blockersOf, isLockNotAvailable, thisDatabase, type Blocker } from '#database';

/** What a migration waits for. */
export interface MigrationWait {
  readonly for: 'another migration' | 'a lock on a table';
  /** The sessions that hold it up. */
  readonly blockers: readonly Blocker[];
}

/** How long a statement of a migration may take, milliseconds: it may have to build an index of a large table. */
export const migrationLimitMs = 3_600_000;

export interface MigrationOptions {
  /** Told of each try in vain. */
  readonly onWait?: (wait: MigrationWait) => void;
  /**
   * How long a migration queues for a lock, milliseconds. All who want the table meanwhile stand behind it, the
   * journals of all executors among them.
   */
  readonly lockLimitMs?: number;
  /** Between two tries, milliseconds, in which those others go on. */
  readonly pauseMs?: number;
}

/** Between two looks at who holds a migration up. */
const lookMs = 100;

const lock = `hashtext('provisor.migrations')`;

/**
 * Brings the schema up to date, and the rights of the services' roles. Any number of registries may start at once: one
 * migrates, the others wait. A lock that is not to be had is asked for again and again, and never for long.
 *
 * @param dataSource Of the login that owns the tables.
 * @returns The names of the migrations that were made.
 */
export async function migrate(
  dataSource: DataSource,
  { onWait = () => {}, lockLimitMs = 1_000, pauseMs = 4_000 }: MigrationOptions = {},
): Promise<string[]> {
  const lockHolder = dataSource.createQueryRunner();
  await lockHolder.connect();
  try {
    await untilOurs(lockHolder, onWait);
    for (;;) {
      const tried = await tryToMigrate(dataSource, lockHolder, lockLimitMs);
      if (Array.isArray(tried)) return tried;
      onWait(tried);
      await delay(pauseMs);
    }
  } finally {
    // With its connection goes the lock.
    await lockHolder.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await lockHolder.release();
  }
}

/** Asks without queueing, so that no session waits for one that has gone silent. */
async function untilOurs(lockHolder: QueryRunner, onWait: (wait: MigrationWait) => void): Promise<void> {
  for (;;) {
    const [{ ours }] = (await lockHolder.query(`select pg_try_advisory_lock(${lock}) as ours`)) as [{ ours: boolean }];
    if (ours) return;
    const holders = `select pid from pg_locks
      where locktype = 'advisory' and granted and objid::bigint = (${lock}::bigint & 4294967295)
        and database = ${thisDatabase}`;
    onWait({ for: 'another migration', blockers: await blockersOf(lockHolder, holders) });
    await delay(lookMs);
  }
}

async function tryToMigrate(
  dataSource: DataSource,
  watcher: QueryRunner,
  lockLimitMs: number,
): Promise<string[] | MigrationWait> {
  const runner = dataSource.createQueryRunner();
  const [{ pid }] = (await runner.query('select pg_backend_pid() as pid')) as [{ pid: number }];
  const watch = new BlockerWatch(watcher, pid);
  try {
    await runner.query(`set lock_timeout = '${String(lockLimitMs)}ms'`);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const done = await executor.executePendingMigrations();
    await applyGrants(runner);
    await runner.query('reset lock_timeout');
    return done.map(({ name }) => name);
  } catch (error) {
    if (!isLockNotAvailable(error)) throw error;
    return { for: 'a lock on a table', blockers: await watch.stop() };
  } finally {
    await watch.stop();
    await runner.release();
  }
}

/** Remembers the last blocking session. After it gives up, no session blocks any more. */
class BlockerWatch {
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;
  #seen: readonly Blocker[] = [];

  constructor(watcher: QueryRunner, pid: number) {
    this.#watching = this.#watch(watcher, `select unnest(pg_blocking_pids(${String(pid)}))`);
  }

  async stop(): Promise<readonly Blocker[]> {
    this.#stopping.abort();
    await this.#watching;
    return this.#seen;
  }

  async #watch(watcher: QueryRunner, pids: string): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const found = await blockersOf(watcher, pids);
      if (found.length > 0) this.#seen = found;
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
