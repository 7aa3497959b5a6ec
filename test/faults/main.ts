/**
 * `npm run test:faults`: harms the product under load, and checks what it promises.
 *
 * Exit codes: 0 every promise was kept, 1 one was broken or the run failed, 2 the arguments are wrong, 3 this machine
 * has not got the servers that were asked for, 130 interrupted.
 */
import { ServerUnavailableError } from '../../tools/servers/server-error.ts';
import { interruption } from '../../tools/stack/interruption.ts';
import { describeError } from '../../tools/tool-error.ts';
import { readArguments, usage, UsageError } from './arguments.ts';
import { harm, type Injected } from './harm.ts';
import { summary } from './report/summary.ts';
import { clock } from './report/words.ts';
import { runUnderLoad, type RunOptions } from './run.ts';
import { longScenario } from './scenario.ts';

const exitCodes = { kept: 0, broken: 1, usage: 2, unavailable: 3, interrupted: 130 } as const;

const from = performance.now();

function say(line: string): void {
  process.stdout.write(`${clock(performance.now() - from)}  ${line}\n`);
}

async function main(): Promise<number> {
  const { minutes, seed, broker, keepLogs } = readArguments(process.argv.slice(2));
  const which = broker === 'any' ? '' : ` --${broker}`;
  say(
    `seed ${String(seed)}; the same again: npm run test:faults --${which} --minutes ${String(minutes)} --seed ${String(seed)}`,
  );
  // A second Ctrl-C does not wait for an orderly end: the supervisor ends what was started.
  const signal = interruption(() => process.exit(exitCodes.interrupted));
  signal.addEventListener('abort', () => say('stopping…'));
  const interrupted = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
  const options: RunOptions = { scenario: longScenario(seed, broker, minutes), say, signal, keepLogs };
  let injected: Injected | undefined;
  const running = runUnderLoad(options, async (scene) => {
    injected = await harm(options, scene);
    say('no more harm is done; waiting until everything has come to its end');
  });
  const result = await Promise.race([running, interrupted]);
  if (!result) return exitCodes.interrupted;
  process.stdout.write(`\n${summary(result, injected)}`);
  const held = result.findings.every(({ broken }) => broken.length === 0);
  process.stdout.write(held ? 'every promise was kept\n' : `broken with seed ${String(seed)}\n`);
  return held ? exitCodes.kept : exitCodes.broken;
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return exitCodes.usage;
  }
  process.stderr.write(`${describeError(error)}\n`);
  return error instanceof ServerUnavailableError ? exitCodes.unavailable : exitCodes.broken;
}

process.exit(await main().catch(explain));
