import { createInterface } from 'node:readline/promises';
import { UsageError } from '../cli-error.ts';
import type { Input } from './read-input.ts';

/**
 * Asks the user at the terminal; any answer but yes means no.
 *
 * @throws {UsageError} Without a terminal.
 */
export async function confirm(question: string, input: Input): Promise<boolean> {
  if (!input.isTTY) throw new UsageError(`${question} There is no terminal to ask at; add --yes to confirm`);
  const terminal = createInterface({ input, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
