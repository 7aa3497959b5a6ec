import 'reflect-metadata';
import { addEventTypes } from '#contracts';
import { createLogger } from '#observability';
import { readExecutorSettings, SettingsError } from '#settings';
import { ExecutorApp } from './executor-app.ts';
import { runUntilSignalled } from './process.ts';

/** EX_CONFIG of sysexits.h. */
const badConfiguration = 78;

async function main(): Promise<void> {
  const settings = readExecutorSettings();
  addEventTypes(settings.eventTypes);
  const logger = createLogger('executor', settings.logLevel);
  await runUntilSignalled(await ExecutorApp.create(settings, logger), logger);
  // Whatever still waits for a database or a broker that is away must not keep the process.
  process.exit(0);
}

main().catch((error: unknown) => {
  const known = error instanceof SettingsError;
  process.stderr.write(`${known ? error.message : String((error as Error).stack)}\n`);
  process.exit(known ? badConfiguration : 1);
});
