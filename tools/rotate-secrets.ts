import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { DevAccess } from './stack/index.ts';

// `npm run secrets:rotate` uses DATABASE_URL and SECRETS_KEY. Each that is not set comes from the stack of `npm start`.
const root = fileURLToPath(new URL('..', import.meta.url));
const fromStack = (name: string): Promise<string | undefined> =>
  readFile(join(root, '.provisor', name), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  });

const access = await fromStack('dev.json');
const stackDatabase = access && (JSON.parse(access) as DevAccess).databaseUrl;
const env = {
  ...process.env,
  DATABASE_URL: process.env['DATABASE_URL'] ?? stackDatabase,
  SECRETS_KEY: process.env['SECRETS_KEY'] ?? (await fromStack('secrets-key'))?.trim(),
};
const rotation = await execa(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist/services/registry/src/rotate-secrets.js')],
  { env, cwd: root, stdio: 'inherit', reject: false },
);
process.exit(rotation.exitCode ?? 1);
