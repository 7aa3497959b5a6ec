import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../bench-error.ts';
import { isFigure, median, ratio, type Finding } from '../figure.ts';
import type { Machine } from './machine.ts';

/** All that a run has measured. */
export interface Results {
  readonly measuredAt: string;
  /** Fewer and shorter runs. */
  readonly quick: boolean;
  readonly machine: Machine;
  /** By the name of the bench. */
  readonly benches: Readonly<Record<string, readonly Finding[]>>;
}

export const resultsFile = 'bench/results/latest.json';
const file = fileURLToPath(new URL('../results/latest.json', import.meta.url));

/** Writes results, with medians and ratios for who reads them without us. */
export async function writeResults({ benches, ...rest }: Results): Promise<void> {
  const summed = Object.entries(benches).map(([name, findings]) => [name, findings.map(withSums)] as const);
  await mkdir(fileURLToPath(new URL('.', new URL('../results/latest.json', import.meta.url))), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...rest, benches: Object.fromEntries(summed) }, null, 2)}\n`);
}

/** @throws {UsageError} When nothing was measured yet. */
export async function readResults(): Promise<Results> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UsageError(`there is no ${resultsFile}: run npm run bench first`, { cause: error });
  }
}

function withSums(finding: Finding): object {
  if (!isFigure(finding)) return finding;
  const { ours, reference } = finding;
  const sums = reference && { referenceMedian: median(reference.runs), ratio: ratio(finding) };
  return { ...finding, median: median(ours.runs), ...sums };
}
