import { constants, type Stats } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { permanent, retryable, type Outcome } from '../outcome.ts';
import { whyNotRunnable } from './runnable-file.ts';
import { distrust } from './script-safety.ts';

/** A script that may be run, or why it may not. */
export type ResolvedScript = RunnableScript | { readonly refused: Outcome };

export interface RunnableScript {
  /** Where it was looked for: it may be a symbolic link. */
  readonly path: string;
  /** Its real path. */
  readonly file: string;
  /** See {@link versionOf}. */
  readonly version: string;
}

/**
 * Finds a handler's script below the allowed folders. What counts is where the file really lies, after every symbolic
 * link: neither `..` nor a link leads out.
 *
 * @param folders Absolute.
 * @param searched The `PATH` that scripts have.
 */
export async function resolveScript(
  scriptPath: string,
  folders: readonly string[],
  searched: string,
): Promise<ResolvedScript> {
  try {
    return await find(scriptPath, folders, searched);
  } catch (error) {
    return { refused: unlooked(scriptPath, error as NodeJS.ErrnoException) };
  }
}

/** What it means that the system would not tell of a file. */
function unlooked(scriptPath: string, error: NodeJS.ErrnoException): Outcome {
  const { code } = error;
  if (code === undefined) throw error;
  if (code === 'ENOENT')
    return permanent('script_missing', `${scriptPath} does not exist in the script folders any more`);
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `${scriptPath} cannot be reached: ${code}; let the executor's user enter the folders above it`;
    return permanent('script_not_runnable', message);
  }
  return retryable('spawn_failed', `${scriptPath} could not be looked at: ${code}`);
}

async function find(scriptPath: string, folders: readonly string[], searched: string): Promise<ResolvedScript> {
  let linkLeadsOut = false;
  let inside = false;
  for (const folder of folders) {
    const candidate = path.resolve(folder, scriptPath);
    if (!isWithin(candidate, folder)) continue;
    inside = true;
    const file = await realPathOrUndefined(candidate);
    if (file === undefined) continue;
    const real = await realFolderOf(file, folders);
    if (real !== undefined) return check(candidate, file, real, folders, searched);
    linkLeadsOut = true;
  }
  if (linkLeadsOut) {
    return refuse('script_symlink_outside', `${scriptPath} is a symbolic link that leads out of the script folders`);
  }
  if (!inside) return refuse('script_outside', `${scriptPath} is outside the script folders`);
  return refuse('script_missing', `${scriptPath} does not exist in the script folders`);
}

async function check(
  candidate: string,
  file: string,
  folder: string,
  folders: readonly string[],
  searched: string,
): Promise<ResolvedScript> {
  const runnable = await checkRunnable(candidate, file);
  if ('refused' in runnable) return runnable;
  // A user who can write to the folder of a link decides where it leads, like one who can write the file.
  const linkFolder = await realpath(path.dirname(candidate));
  const linkTop = (await realFolderOf(path.join(linkFolder, path.basename(candidate)), folders)) ?? linkFolder;
  const refused = (await distrust(file, folder)) ?? (await distrust(linkFolder, linkTop));
  if (refused) return { refused };
  const fault = await whyNotRunnable(file, searched);
  return fault === undefined ? runnable : refuse('script_not_runnable', `${file} ${fault}`);
}

async function checkRunnable(candidate: string, file: string): Promise<ResolvedScript> {
  const found = await stat(file);
  if (!found.isFile()) return refuse('script_not_file', `${file} is not a file`);
  try {
    await access(file, constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    return refuse('script_not_executable', `${file} is not executable; chmod +x it`);
  }
  return { path: candidate, file, version: versionOf(found) };
}

/** Another one when the content of a file has changed, who it belongs to, or who may do what with it. */
export function versionOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** The real path of the first allowed folder that a file lies in. */
async function realFolderOf(file: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const real = await realPathOrUndefined(folder);
    if (real !== undefined && isWithin(file, real)) return real;
  }
  return undefined;
}

/** Whether a file lies below a folder, by their paths alone. */
export function isWithin(file: string, folder: string): boolean {
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
