import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeError } from '../tool-error.ts';
import { startStack, type Stack, type StackOptions } from './index.ts';
import { interruption } from './interruption.ts';

/** As a shell reports a program that was ended by Ctrl-C. */
const interruptedExitCode = 130;

/**
 * A whole program around a stack. It starts the stack, runs `work` with it, and stops it when the work is done, on a
 * signal, or when a part of it dies. Ends this process.
 *
 * @param work resolves with an exit code to end, or with nothing to stay up
 */
export async function runStack(
  options: Pick<StackOptions, 'env' | 'logsToFiles' | 'serversOnly'>,
  work: (stack: Stack, signal: AbortSignal) => Promise<number | undefined>,
): Promise<never> {
  let stack: Stack | undefined;
  const signal = interruption(() => {
    if (!stack) process.exit(interruptedExitCode); // The supervisor notices, and ends what was started.
    void stack.stop({ force: true });
  });
  signal.addEventListener('abort', () => console.log('\nstopping…'));
  try {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    stack = await startStack({ ...options, root, log: console.log, signal });
    const code = await Promise.race([work(stack, signal), stack.failure, interrupted(signal)]);
    if (code === undefined) await Promise.race([stack.failure, interrupted(signal)]);
    await stack.stop();
    process.exit(code ?? 0);
  } catch (error) {
    if (!signal.aborted) console.error(`\n${describeError(error)}`);
    await stack?.stop();
    process.exit(signal.aborted ? interruptedExitCode : 1);
  }
}

async function interrupted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort');
}
