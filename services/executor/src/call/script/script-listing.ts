import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { mostReportedScripts, unreportedFolders, type ReportedScript, type ScriptReport } from '#contracts';
import { isWithin, resolveScript } from './script-path.ts';

/** Folders are listed no deeper and no longer than this, whatever SCRIPTS_DIRS names. */
const mostFolders = 1_000;

/** What the registry does not take as the path of a handler. */
const unnameable = /[\u0000-\u001f\u007f-\u009f\ufffd]/;

/**
 * The files below the script folders, each with what the runner says of it: the same checks, so the same reasons. Links
 * to folders are followed where they stay inside; files that are reached in several ways are listed for each.
 *
 * @param folders Absolute.
 * @param searched The `PATH` that scripts have.
 */
export async function listScripts(folders: readonly string[], searched: string): Promise<ScriptReport> {
  const walk = new Walk(folders);
  await walk.run();
  const scripts: ReportedScript[] = [];
  for (const found of [...walk.paths].sort()) {
    const script = await look(found, folders, searched);
    if (script) scripts.push(script);
  }
  return { folders, scripts, truncated: walk.truncated };
}

/** Undefined for what is no file, and for one that has gone meanwhile. */
async function look(name: string, folders: readonly string[], searched: string): Promise<ReportedScript | undefined> {
  try {
    const script = await resolveScript(name, folders, searched);
    if (!('refused' in script)) return { path: name };
    if (script.refused.kind === 'success') return undefined;
    const { reason, message } = script.refused;
    return reason === 'script_missing' || reason === 'script_not_file' ? undefined : { path: name, reason, message };
  } catch (error) {
    // The runner would fail as well; its call ends so.
    return { path: name, reason: 'internal_error', message: (error as Error).message };
  }
}

/** Collects the names of files, relative to their script folder. */
class Walk {
  readonly paths = new Set<string>();
  truncated = false;
  readonly #folders: readonly string[];
  #allowed: string[] = [];
  #visited = 0;

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  async run(): Promise<void> {
    const real = await Promise.all(this.#folders.map(realPath));
    this.#allowed = real.filter((folder) => folder !== undefined);
    for (const [index, folder] of this.#folders.entries()) {
      if (real[index] !== undefined) await this.#enter(folder, '', [real[index]]);
    }
  }

  /** @param above Real paths of the folders on the way here: a link to one of them would lead round in a circle. */
  async #enter(folder: string, prefix: string, above: readonly string[]): Promise<void> {
    this.#visited += 1;
    for await (const entry of entriesOf(folder)) {
      if (this.paths.size >= mostReportedScripts || this.#visited > mostFolders) {
        this.truncated = true;
        return;
      }
      const name = `${prefix}${entry.name}`;
      if (unnameable.test(entry.name)) continue;
      if (entry.isFile()) this.paths.add(name);
      else if (entry.isDirectory() || entry.isSymbolicLink()) {
        await this.#enterOrAdd(path.join(folder, entry.name), name, above);
      }
    }
  }

  async #enterOrAdd(place: string, name: string, above: readonly string[]): Promise<void> {
    const real = await realPath(place);
    if (real === undefined) return;
    const isInside = this.#allowed.some((folder) => real === folder || isWithin(real, folder));
    if (isInside && (await isFolder(real))) {
      if (unreportedFolders.has(path.basename(place)) || above.includes(real)) return;
      await this.#enter(place, `${name}/`, [...above, real]);
    } else this.paths.add(name);
  }
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  }
}

async function realPath(place: string): Promise<string | undefined> {
  try {
    return await realpath(place);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return undefined;
  }
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory();
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return false;
  }
}

/** What is not there, is no folder, or may not be read has no scripts that could be run. */
function isUnreachable(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}
