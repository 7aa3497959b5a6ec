import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './paths.mjs';

/**
 * Does some work, unless none of the files that it depends on has changed since its last success.
 *
 * @param {string} stampFile Where the success is recorded, from the root.
 * @param {string[]} files From the root; a deleted file counts as a change.
 * @param {(gone: string[]) => Promise<boolean>} work Receives the deleted files.
 * @returns {Promise<boolean>} false if the work has failed
 */
export async function unlessDone(stampFile, files, work) {
  const stamp = join(root, stampFile);
  const now = Object.fromEntries([...files].sort().map((path) => [path, stateOf(path)]));
  const before = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};
  if (JSON.stringify(now) === JSON.stringify(before)) return true;
  rmSync(stamp, { force: true });
  if (!(await work(Object.keys(before).filter((path) => !(path in now))))) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(now));
  return true;
}

/**
 * Every file in a folder and below it, from the root.
 *
 * @param {string} folder
 * @param {string} except A folder that is left out.
 */
export function filesIn(folder, except = '') {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .filter((path) => except === '' || !path.startsWith(`${except}/`));
}

/** Time and size of a file. */
function stateOf(path) {
  const { mtimeMs, size } = statSync(join(root, path));
  return `${mtimeMs} ${size}`;
}
