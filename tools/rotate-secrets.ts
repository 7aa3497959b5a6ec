import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { DevAccess } from './stack/index.ts';

// `npm run secrets:rotate`: on the database and with the keys of the environment, else on those of a stack that `npm
// start` runs.
const root = fileURLToPath(new URL('..', import.meta.url));
const ofStack = (name: string): Promise<string | undefined> =>
  readFile(join(root, '.provisor', name), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  });

const access = await ofStack('dev.json');
const stackDatabase = access && (JSON.parse(access) as DevAccess).databaseUrl;
const env = {
  ...process.env,
  DATABASE_URL: process.env['DATABASE_URL'] ?? stackDatabase,
  SECRETS_KEY: process.env['SECRETS_KEY'] ?? (await ofStack('secrets-key'))?.trim(),
};
const rotation = await execa(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist/services/registry/src/rotate-secrets.js')],
  { env, cwd: root, stdio: 'inherit', reject: false },
);
process.exit(rotation.exitCode ?? 1);
