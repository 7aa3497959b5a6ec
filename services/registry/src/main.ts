import 'reflect-metadata';
import { addEventTypes } from '#contracts';
import { createLogger } from '#observability';
import { readRegistrySettings, SettingsError } from '#settings';

/** sysexits.h: a setting is wrong, and starting again will not help. */
const configurationError = 78;
const stopSignals = ['SIGTERM', 'SIGINT'] as const;

try {
  const settings = readRegistrySettings();
  const logger = createLogger('registry', settings.logLevel);
  addEventTypes(settings.eventTypes);
  // Loaded only now: what it accepts and how it describes itself is made of the event types when it is loaded.
  const { createRegistry } = await import('./registry-app.ts');
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
