import { DataSource, type DataSourceOptions } from 'typeorm';
import {
  assertOwnSessions,
  databaseBackoff,
  dataSourceOptions,
  isDatabaseAway,
  migrate,
  migrationLimitMs,
  type MigrationWait,
} from '#database';
import type { Logger } from '#observability';
import { Backoff } from '#retry';

/** What a migration waits for is told again after so long. */
const toldAgainMs = 30_000;

/**
 * Brings the schema up to date and connects. Waits for a database that is away, for as long as it takes: whoever starts
 * everything at once need not order it. What waiting cannot cure (a wrong password, a pooler that shares sessions, a
 * failing migration) is thrown.
 *
 * @param databaseUrl The login that the options name.
 * @param migrationUrl The login that may change the schema, which is left again.
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
      if (said !== lastSaid) logger.warn({ reason: said }, 'waiting for PostgreSQL');
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
    logger.warn(wait, 'the migration waits for another session; executors go on');
  };
  try {
    const done = await migrate(owner, { onWait });
    if (done.length > 0) logger.info({ migrations: done }, 'schema migrated');
  } finally {
    await owner.destroy();
  }
}

function describe(error: unknown): string {
  // Failures of several addresses of one name have a code together, and no message.
  if (error instanceof Error && error.message !== '') return error.message;
  return (error as { code?: string }).code ?? String(error);
}
