/**
 * `npm run bench`: measures the product beside the least that a machine can do, and prints a table for each bench.
 * After a quick run the guard compares the ratios with those that were recorded.
 *
 * Exit codes: 0 measured, whatever the figures are; 1 what was counted was wrong, or a run failed; 2 the arguments are
 * wrong; 3 a ratio fell by more than its noise; 130 interrupted.
 */
import { interruption } from '../tools/stack/interruption.ts';
import { describeError } from '../tools/tool-error.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { Interrupted, UsageError } from './bench-error.ts';
import { benches } from './benches.ts';
import type { Finding } from './figure.ts';
import { guardedRatios, judge } from './guard/guard.ts';
import { readRecorded, record, recordedFile } from './guard/recorded.ts';
import { verdicts } from './guard/verdicts.ts';
import { describeMachine, machineLine, type Machine } from './report/machine.ts';
import { resultsFile, writeResults, type Results } from './report/results.ts';
import { table } from './report/table.ts';
import { Harness } from './harness/harness.ts';

const exitCodes = { measured: 0, failed: 1, usage: 2, fell: 3, interrupted: 130 } as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  const signal = interruption(() => process.exit(exitCodes.interrupted));
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Interrupted('interrupted')), { once: true });
  });
  interrupted.catch(() => undefined);
  const { results, failed } = await measure(wanted, interrupted);
  if (failed) return exitCodes.failed;
  if (!wanted.quick) return exitCodes.measured;
  return wanted.record ? recordRatios(results) : compareRatios(results);
}

/** Runs one bench after another. One that fails leaves the others their turn, on servers that it has not touched. */
async function measure(
  { names, quick, rows }: Arguments,
  interrupted: Promise<never>,
): Promise<{ results: Results; failed: boolean }> {
  const measuredAt = new Date().toISOString();
  const findings: Record<string, readonly Finding[]> = {};
  const openHarness = (): Promise<Harness> => Harness.open({ say, quick, ...(rows !== undefined && { rows }) });
  let harness = await openHarness();
  let failed = false;
  try {
    const machine: Machine = await describeMachine(harness);
    say(machineLine(machine));
    const results = { measuredAt, quick, machine, benches: findings };
    for (const name of names) {
      try {
        findings[name] = await Promise.race([benches[name]!.run(harness), interrupted]);
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        failed = true;
        findings[name] = [{ name: 'all of it', leftOut: `it failed: ${describeError(error)}` }];
        await harness.close();
        harness = await openHarness();
      }
      say(`\n${name}\n${table(findings[name])}\n`);
      await writeResults(results);
    }
    say(`written to ${resultsFile}`);
    return { results, failed };
  } finally {
    await harness.close();
  }
}

async function recordRatios({ measuredAt, machine, benches: measured }: Results): Promise<number> {
  await record({ measuredAt, machine, ratios: guardedRatios(measured) });
  say(`the ratios are recorded in ${recordedFile}`);
  return exitCodes.measured;
}

async function compareRatios({ benches: measured }: Results): Promise<number> {
  const recorded = await readRecorded();
  const judgements = judge(measured, recorded?.ratios ?? {});
  if (judgements.length === 0) return exitCodes.measured;
  say(`\ncompared with what was recorded${recorded ? ` at ${recorded.measuredAt}` : ''}\n${verdicts(judgements)}`);
  return judgements.some(({ verdict }) => verdict === 'fell') ? exitCodes.fell : exitCodes.measured;
}

function explain(error: unknown): number {
  process.stderr.write(`${describeError(error)}\n`);
  if (error instanceof Interrupted) return exitCodes.interrupted;
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

process.exit(await main().catch(explain));
