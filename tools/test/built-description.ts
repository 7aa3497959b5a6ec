import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { builtFile } from './built-file.ts';

/**
 * The OpenAPI description that the built registry gives of itself, which needs neither database nor broker. A registry
 * that runs from its sources has less to say: the compiler plugin that reads types and comments runs in the build.
 */
export async function builtDescription<T>(): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'provisor-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    await execa(process.execPath, [builtFile('services/registry/src/description/main.js'), file]);
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } finally {
    await rm(folder, { recursive: true });
  }
}
