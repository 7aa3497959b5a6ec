import { stat } from 'node:fs/promises';
import { resolveScript, versionOf, type ResolvedScript, type RunnableScript } from './script-path.ts';

/** For how long what was found out of the folders of a script holds, milliseconds. */
const trustMs = 1_000;
/** Far more than there are; they are few and small. */
const mostKnown = 1_000;

interface Known {
  readonly script: RunnableScript;
  readonly checkedAt: number;
}

/**
 * Finds scripts as {@link resolveScript} does, and remembers for a second where a script lies and that its folders are
 * safe. The file is looked at before each call: what is written to it, and who may write it, counts at once.
 */
export class KnownScripts {
  readonly #folders: readonly string[];
  readonly #searched: string;
  readonly #known = new Map<string, Known>();

  /**
   * @param folders Absolute folders that scripts may be run from.
   * @param searched The `PATH` that scripts have.
   */
  constructor(folders: readonly string[], searched: string) {
    this.#folders = folders;
    this.#searched = searched;
  }

  /** A script that may be run, or why it may not. */
  async resolve(scriptPath: string): Promise<ResolvedScript> {
    const known = this.#known.get(scriptPath);
    if (known && performance.now() - known.checkedAt < trustMs && (await isSame(known.script))) return known.script;
    return this.resolveAnew(scriptPath);
  }

  /** The same, whatever is remembered. */
  async resolveAnew(scriptPath: string): Promise<ResolvedScript> {
    const checkedAt = performance.now();
    const script = await resolveScript(scriptPath, this.#folders, this.#searched);
    if (this.#known.size >= mostKnown) this.#known.clear();
    if ('refused' in script) this.#known.delete(scriptPath);
    else this.#known.set(scriptPath, { script, checkedAt });
    return script;
  }
}

/** Whether the path still leads to the same file, which has not been changed since. */
async function isSame({ path, version }: RunnableScript): Promise<boolean> {
  try {
    return versionOf(await stat(path)) === version;
  } catch {
    // Whatever it is, the full look tells it.
    return false;
  }
}
