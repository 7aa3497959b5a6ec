import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { permanent, type Outcome } from '../../dispatch/outcome.ts';

/** A script that may be run, or why it may not. */
export type ResolvedScript = { readonly file: string } | { readonly refused: Outcome };

/**
 * Finds a handler's script below the allowed folders. What counts is where the file really lies, after every symbolic
 * link: neither `..` nor a link leads out.
 *
 * @param folders Absolute.
 */
export async function resolveScript(scriptPath: string, folders: readonly string[]): Promise<ResolvedScript> {
  let linkLeadsOut = false;
  let inside = false;
  for (const folder of folders) {
    const candidate = path.resolve(folder, scriptPath);
    if (!isWithin(candidate, folder)) continue;
    inside = true;
    const file = await realPathOrUndefined(candidate);
    if (file === undefined) continue;
    if (await isWithinReal(file, folders)) return checkRunnable(file);
    linkLeadsOut = true;
  }
  if (linkLeadsOut) {
    return refuse('script_symlink_outside', `${scriptPath} is a symbolic link that leads out of the script folders`);
  }
  if (!inside) return refuse('script_outside', `${scriptPath} is outside the script folders`);
  return refuse('script_missing', `${scriptPath} does not exist in the script folders`);
}

async function checkRunnable(file: string): Promise<ResolvedScript> {
  const found = await stat(file);
  if (!found.isFile()) return refuse('script_not_file', `${file} is not a file`);
  try {
    await access(file, constants.X_OK);
  } catch {
    return refuse('script_not_executable', `${file} is not executable; chmod +x it`);
  }
  return { file };
}

async function isWithinReal(file: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const real = await realPathOrUndefined(folder);
    if (real !== undefined && isWithin(file, real)) return true;
  }
  return false;
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

async function realPathOrUndefined(file: string): Promise<string | undefined> {
  try {
    return await realpath(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function refuse(reason: Parameters<typeof permanent>[0], message: string): ResolvedScript {
  return { refused: permanent(reason, message) };
}
