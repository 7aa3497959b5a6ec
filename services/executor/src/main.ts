import 'reflect-metadata';
import { addEventTypes } from '#contracts';
import { runUntilSignalled } from '#lifecycle';
import { createLogger } from '#observability';
import { readExecutorSettings, SettingsError } from '#settings';
import { ExecutorApp } from './executor-app.ts';

/** EX_CONFIG of sysexits.h. */
const badConfiguration = 78;

async function main(): Promise<void> {
  const settings = readExecutorSettings();
  addEventTypes(settings.eventTypes);
  const logger = createLogger('executor', settings.logLevel);
  const app = await ExecutorApp.create(settings, logger);
  await runUntilSignalled(app, { logger, shutdownTimeoutMs: settings.shutdownTimeoutMs });
}

main().catch((error: unknown) => {
  const known = error instanceof SettingsError;
  process.stderr.write(`${known ? error.message : String((error as Error).stack)}\n`);
  process.exit(known ? badConfiguration : 1);
});
