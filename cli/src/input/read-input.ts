import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '../cli-error.ts';

/** The standard input. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/**
 * What a file holds; `-` is the standard input.
 *
 * @throws {UsageError} When it cannot be read.
 */
export async function readInput(file: string, input: Input): Promise<string> {
  if (file === '-') return text(input);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, [], error);
  }
}
