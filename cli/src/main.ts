import { Output } from './output/output.ts';
import { runProgram } from './run-program.ts';

/** The width that a user or a script asks for; shells export it only when told to. */
function columnsIn({ COLUMNS = '' }: NodeJS.ProcessEnv): number | undefined {
  return /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
}

// The command line: `provisor`.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
// The reader of our output may stop reading: `provisor events list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runProgram(process.argv.slice(2), {
  environment: process.env,
  input: process.stdin,
  output: new Output(process.stdout, process.stderr, columnsIn(process.env)),
  signal: interrupted.signal,
});
