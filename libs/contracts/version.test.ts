import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { version } from './version.ts';

it('the version that targets are told is that of the package', async () => {
  const file = new URL('../../package.json', import.meta.url);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  expect(version).toBe(manifest.version);
});
