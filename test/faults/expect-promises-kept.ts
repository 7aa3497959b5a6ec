import { expect } from '@jest/globals';
import { inFlight, repeatsIn } from './checks/repeats.ts';
import { summary } from './report/summary.ts';
import { count } from './report/words.ts';
import { runUnderLoad, type RunOptions, type RunResult, type Scene } from './run.ts';
import type { Scenario } from './scenario.ts';

/** Runs a scenario, and fails with what was said and found when a promise was broken. */
export async function expectPromisesKept(
  scenario: Scenario,
  harmed: (scene: Scene, options: RunOptions) => Promise<void>,
): Promise<void> {
  const said: string[] = [];
  const { signal } = new AbortController();
  const options: RunOptions = { scenario, say: (line) => said.push(line), signal };
  const result = await runUnderLoad(options, (scene) => harmed(scene, options));
  const broken = result.findings.flatMap((finding) => finding.broken);
  if (broken.length > 0) process.stdout.write(`${said.join('\n')}\n${summary(result)}\n`);
  expect(broken).toEqual([]);
  process.stdout.write(`${inOneLine(result)}\n`);
}

function inOneLine({ record }: RunResult): string {
  const confirmed = count(record.ledger.confirmed.length);
  const repeated = `${count(repeatsIn(record.calls).length)} of ${count(record.calls.length)} calls repeated`;
  return `${confirmed} confirmed events, 0 lost, 0 overtaken; ${repeated}, of ${count(inFlight(record))} answers in flight`;
}
