import { createInterface } from 'node:readline/promises';
import { UsageError } from '../cli-error.ts';
import type { Input } from './read-input.ts';

/**
 * Asks somebody at the terminal; anything but a yes is a no.
 *
 * @throws {UsageError} When nobody is there to answer.
 */
export async function confirm(question: string, input: Input): Promise<boolean> {
  if (!input.isTTY) throw new UsageError(`${question} Say so with --yes: there is no terminal to ask at`);
  const terminal = createInterface({ input, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
