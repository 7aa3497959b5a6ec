import 'reflect-metadata';
import { addEventTypes } from '#contracts';
import { runUntilSignalled } from '#lifecycle';
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
  const { RegistryApp } = await import('./registry-app.ts');
  // Until the database has come there is nothing to stop.
  const leave = () => process.exit(0);
  for (const signal of stopSignals) process.once(signal, leave);
  const app = await RegistryApp.create(settings, logger);
  for (const signal of stopSignals) process.off(signal, leave);
  await runUntilSignalled(app, { logger, shutdownTimeoutMs: settings.shutdownTimeoutMs });
} catch (error) {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationError);
  }
  process.stderr.write(`registry could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
