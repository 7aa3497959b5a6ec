import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#orm';
import { SecretBox } from '#secrets';
import { readRotationSettings, SettingsError } from '#settings';
import { rotateSecrets } from './handlers/secrets/secret-rotation.ts';

// A separate program: re-encrypts every secret with the first key of SECRETS_KEY, prints the result and ends.

/** sysexits.h: a setting is invalid, and a restart does not help. */
const configurationError = 78;

try {
  const { databaseUrl, secretKeys } = readRotationSettings();
  const box = new SecretBox(secretKeys);
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
  try {
    const { reencrypted, current, undecrypted } = await rotateSecrets(dataSource, box);
    process.stdout.write(`key ${box.keyId!}: re-encrypted ${reencrypted} secrets, ${current} already current\n`);
    for (const { type, id, name, slot, error } of undecrypted) {
      const owner = `${type} ${id} (${JSON.stringify(name)})`;
      process.stderr.write(`failed to decrypt ${slot} of ${owner}: ${error.message}\n`);
    }
    process.exitCode = undecrypted.length > 0 ? 1 : 0;
  } finally {
    await dataSource.destroy();
  }
} catch (error) {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationError);
  }
  process.stderr.write(`failed to rotate secrets: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
