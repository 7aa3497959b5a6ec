import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions, migrate } from '#database';
import type { Logger } from '#observability';
import { isDatabaseAway } from './database-away.ts';

const firstDelayMs = 100;
const longestDelayMs = 2_000;

/**
 * Brings the schema up to date and connects. Waits for a database that is away, for as long as it takes: whoever starts
 * everything at once need not order it. What waiting cannot cure (a wrong password, a failing migration) is thrown.
 *
 * @param migrationUrl The login that may change the schema, which is left again.
 */
export async function connectDatabase(
  options: DataSourceOptions,
  migrationUrl: string,
  logger: Logger,
): Promise<DataSource> {
  let lastSaid: string | undefined;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    const dataSource = new DataSource(options);
    try {
      await bringUpToDate(migrationUrl, logger);
      return await dataSource.initialize();
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      if (!isDatabaseAway(error)) throw error;
      const said = describe(error);
      // Once for each kind of failure, not once for each try.
      if (said !== lastSaid) logger.warn({ reason: said }, 'waiting for PostgreSQL');
      lastSaid = said;
      await delay(delayMs);
    }
  }
}

async function bringUpToDate(migrationUrl: string, logger: Logger): Promise<void> {
  const owner = new DataSource(dataSourceOptions(migrationUrl));
  await owner.initialize();
  try {
    const done = await migrate(owner);
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
