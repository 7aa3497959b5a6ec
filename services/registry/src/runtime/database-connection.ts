import { DataSource, type DataSourceOptions } from 'typeorm';
import { assertOwnSessions, databaseBackoff, isDatabaseAway } from '#database';
import { dataSourceOptions, migrate, migrationLimitMs, type MigrationWait } from '#orm';
import type { Logger } from '#observability';
import { Backoff } from '#retry';

/** What a migration waits for is reported again after this time. */
const toldAgainMs = 30_000;

/**
 * Migrates the schema and connects. Waits for a database that is down, for any time: services and servers may start in
 * any order. Errors that waiting cannot cure (a wrong password, a pooler that shares sessions, a failing migration) are
 * thrown.
 *
 * @param databaseUrl The login that the options name.
 * @param migrationUrl The login that may change the schema; it is used only for the migration.
 */
export async function connectDatabase(
  options: DataSourceOptions,
  databaseUrl: string,
  migrationUrl: string,
  logger: Logger,
): Promise<DataSource> {
  let lastSaid: string | undefined;
  const backoff = new Backoff(databaseBackoff);
  for (;;) {
    const dataSource = new DataSource(options);
    try {
      for (const url of new Set([migrationUrl, databaseUrl])) await assertOwnSessions(url);
      await bringUpToDate(migrationUrl, logger);
      return await dataSource.initialize();
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      if (!isDatabaseAway(error)) throw error;
      const said = describe(error);
      // Once for each kind of failure, not once for each try.
      if (said !== lastSaid) logger.warn({ reason: said }, 'waiting for the database');
      lastSaid = said;
      await backoff.wait();
    }
  }
}

async function bringUpToDate(migrationUrl: string, logger: Logger): Promise<void> {
  const owner = new DataSource(dataSourceOptions(migrationUrl, { limitMs: migrationLimitMs }));
  await owner.initialize();
  let toldAt = -Infinity;
  const onWait = (wait: MigrationWait) => {
    if (performance.now() - toldAt < toldAgainMs) return;
    toldAt = performance.now();
    logger.warn(wait, 'migration is blocked by another session; executors continue');
  };
  try {
    const done = await migrate(owner, { onWait });
    if (done.length > 0) logger.info({ migrations: done }, 'database schema migrated');
  } finally {
    await owner.destroy();
  }
}

function describe(error: unknown): string {
  // Failures of several addresses of one name have a code together, and no message.
  if (error instanceof Error && error.message !== '') return error.message;
  return (error as { code?: string }).code ?? String(error);
}
