import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../report/machine.ts';
import type { RecordedRatios } from './guard.ts';

/** The ratios of an earlier quick run, which later ones are compared with. The file is a part of the project. */
export interface Recorded {
  readonly measuredAt: string;
  readonly machine: Machine;
  readonly ratios: RecordedRatios;
}

const file = fileURLToPath(new URL('../recorded.json', import.meta.url));
export const recordedFile = 'bench/recorded.json';

/** What was recorded; undefined when nothing ever was. */
export async function readRecorded(): Promise<Recorded | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Recorded;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Records ratios in the place of those of the same name; others stay. */
export async function record(recorded: Recorded): Promise<void> {
  const before = await readRecorded();
  const ratios = { ...before?.ratios, ...recorded.ratios };
  await writeFile(file, `${JSON.stringify({ ...recorded, ratios }, null, 2)}\n`);
}
