import 'reflect-metadata';
import { createLogger } from '#observability';
import { readRegistrySettings, SettingsError } from '#settings';
import { createRegistry } from './registry-app.ts';

/** sysexits.h: a setting is wrong, and starting again will not help. */
const configurationError = 78;
const stopSignals = ['SIGTERM', 'SIGINT'] as const;

try {
  const settings = readRegistrySettings();
  const logger = createLogger('registry', settings.logLevel);
  const app = await createRegistry(settings, logger);
  app.enableShutdownHooks([...stopSignals], { useProcessExit: true });
  // A stop waits for what is under way, but not for ever.
  const giveUp = (): unknown => setTimeout(() => process.exit(1), settings.shutdownTimeoutMs).unref();
  for (const signal of stopSignals) process.once(signal, giveUp);
  await app.listen(settings.port, settings.host);
  logger.info({ url: await app.getUrl() }, 'registry ready');
} catch (error) {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationError);
  }
  process.stderr.write(`registry could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
