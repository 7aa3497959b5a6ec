import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { showFailure } from './output/failure.ts';
import { createProgram } from './program.ts';
import type { Surroundings } from './session.ts';

/** Runs a command, reports errors, and resolves with the exit code. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await createProgram(surroundings).parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    showFailure(error, surroundings.output);
    return exitCodeOf(error);
  }
}
