import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Site } from './injection/site.ts';

const kept = fileURLToPath(new URL('../../.provisor/faults', import.meta.url));

/** Copies the logs of a run to where they outlive it. @returns the folder */
export async function keepLogs({ installation: { dataDir } }: Site, seed: number): Promise<string> {
  const folder = join(kept, `seed-${String(seed)}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const logs = (await readdir(dataDir, { recursive: true })).filter((path) => path.endsWith('.log'));
  for (const log of logs) await copyFile(join(dataDir, log), join(folder, log.replaceAll('/', '-')));
  return folder;
}
