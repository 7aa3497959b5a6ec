import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Not a part of a fresh clone, except for `dist`, which need not be built again. */
const leftOut = new Set(['.git', '.provisor', 'node_modules', 'coverage']);

/** Copies the project as it is now, with the installed packages, to a folder that exists. */
export async function cloneInto(folder: string): Promise<void> {
  const entries = (await readdir(root)).filter((name) => !leftOut.has(name)).map((name) => join(root, name));
  // Not by Node, which rounds times: then all would be built again.
  await execa('cp', ['-a', ...entries, folder]);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}
