import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '../cli-error.ts';

/** Standard input. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/**
 * The content of a file; `-` is standard input.
 *
 * @throws {UsageError} When the file cannot be read.
 */
export async function readInput(file: string, input: Input): Promise<string> {
  if (file === '-') return text(input);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`, [], error);
  }
}
