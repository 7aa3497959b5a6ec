import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecipeView } from '#sdk';
import { UsageError } from '../cli-error.ts';

/** The file in a recipe's folder that "handlers apply" reads. */
const setFile = 'recipe.yaml';

/** A name that stays in the folder, whatever a registry says. */
const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/**
 * Writes the files of a recipe to a folder, and returns their paths.
 *
 * @throws {UsageError} When one is there already, or cannot be written.
 */
export async function writeRecipe(
  { files }: RecipeView,
  text: string,
  { folder, overwrite }: { folder: string; overwrite: boolean },
): Promise<string[]> {
  const all = [{ name: setFile, text, executable: false }, ...files.filter(({ name }) => plainName.test(name))];
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw cannotWrite(folder, error);
  });
  const written: string[] = [];
  for (const file of all) {
    const path = join(folder, file.name);
    await write(path, file.text, { overwrite, mode: file.executable ? 0o755 : 0o644 });
    written.push(path);
  }
  return written;
}

/** @throws {UsageError} When the file is there already, or cannot be written. */
export async function writeSet(
  text: string,
  { file, overwrite }: { file: string; overwrite: boolean },
): Promise<string[]> {
  await write(file, text, { overwrite, mode: 0o644 });
  return [file];
}

async function write(path: string, text: string, { overwrite, mode }: { overwrite: boolean; mode: number }) {
  await writeFile(path, text, { mode, flag: overwrite ? 'w' : 'wx' }).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
}

function cannotWrite(path: string, error: unknown): UsageError {
  const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
  const why = isThere ? 'it is there already; --force overwrites it' : (error as Error).message;
  return new UsageError(`cannot write ${path}: ${why}`, [], error);
}
