/**
 * `npm run bench`: measures the product beside the least that a machine can do, and prints a table for each bench.
 *
 * Exit codes: 0 measured, whatever the figures are; 1 what was counted was wrong, or a run failed; 2 the arguments are wrong; 130 interrupted.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { interruption } from '../tools/stack/interruption.ts';
import { describeError } from '../tools/tool-error.ts';
import { readArguments } from './arguments.ts';
import { Interrupted, UsageError } from './bench-error.ts';
import { benches } from './benches.ts';
import { median, ratio, type Figure } from './figure.ts';
import { thisMachine, type Machine } from './report/machine.ts';
import { table } from './report/table.ts';
import { Stand } from './stand/stand.ts';

const exitCodes = { measured: 0, failed: 1, usage: 2, interrupted: 130 } as const;
const resultsFile = fileURLToPath(new URL('results/latest.json', import.meta.url));

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { names, quick } = readArguments(process.argv.slice(2));
  const signal = interruption(() => process.exit(exitCodes.interrupted));
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Interrupted('interrupted; nothing was written')), { once: true });
  });
  interrupted.catch(() => undefined);
  const measuredAt = new Date().toISOString();
  const stand = await Stand.open({ say, quick });
  const results: Record<string, Figure[]> = {};
  try {
    for (const name of names) {
      results[name] = await Promise.race([benches[name]!(stand), interrupted]);
      say(`\n${name}\n${table(results[name])}\n`);
    }
  } finally {
    await stand.close();
  }
  await writeResults({ measuredAt, quick, machine: thisMachine(), benches: results });
  return exitCodes.measured;
}

interface Results {
  readonly measuredAt: string;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly benches: Record<string, Figure[]>;
}

async function writeResults({ benches: measured, ...rest }: Results): Promise<void> {
  const summed = Object.entries(measured).map(([name, figures]) => [
    name,
    figures.map((figure) => ({
      ...figure,
      median: median(figure.ours.runs),
      ...(figure.reference && { referenceMedian: median(figure.reference.runs), ratio: ratio(figure) }),
    })),
  ]);
  await mkdir(fileURLToPath(new URL('results/', import.meta.url)), { recursive: true });
  await writeFile(
    resultsFile,
    `${JSON.stringify({ ...rest, benches: Object.fromEntries(summed) as object }, null, 2)}\n`,
  );
  say(`written to bench/results/latest.json`);
}

function explain(error: unknown): number {
  process.stderr.write(`${describeError(error)}\n`);
  if (error instanceof Interrupted) return exitCodes.interrupted;
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

process.exit(await main().catch(explain));
