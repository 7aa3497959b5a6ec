import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#database';
import { SecretBox } from '#secrets';
import { readRotationSettings, SettingsError } from '#settings';
import { resealHandlers } from './handlers/secrets/resealing.ts';

// A program of its own: seals every secret under the first key of SECRETS_KEY, says what it did, and ends.

/** sysexits.h: a setting is wrong, and starting again will not help. */
const configurationError = 78;

try {
  const { databaseUrl, secretKeys } = readRotationSettings();
  const box = new SecretBox(secretKeys);
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
  try {
    const { anew, current, unopened } = await resealHandlers(dataSource, box);
    process.stdout.write(`key ${box.keyId!}: ${anew} sealed anew, ${current} already so\n`);
    for (const { id, name, slot, error } of unopened) {
      process.stderr.write(`not opened: ${slot} of handler ${id} (${JSON.stringify(name)}): ${error.message}\n`);
    }
    process.exitCode = unopened.length > 0 ? 1 : 0;
  } finally {
    await dataSource.destroy();
  }
} catch (error) {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationError);
  }
  process.stderr.write(`secrets could not be rotated: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
