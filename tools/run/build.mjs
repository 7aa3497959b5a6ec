import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { node24, root } from './paths.mjs';
import { runQuietly } from './quiet.mjs';

const stampFile = join(root, 'dist/.provisor-stamp.json');

/**
 * Compiles services and libs to dist/, unless nothing has changed since the last time.
 *
 * @returns {Promise<boolean>} false when the compiler found errors; they have then been shown
 */
export async function build() {
  const now = sources();
  const before = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  if (JSON.stringify(now) === JSON.stringify(before)) return true;
  // The compiler never removes what a deleted source once became, and a migration that is gone must not run.
  if (Object.keys(before).some((path) => !(path in now))) rmSync(join(root, 'dist'), { recursive: true, force: true });
  rmSync(stampFile, { force: true });
  const compiler = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
  if (!(await runQuietly('building', node24, compiler))) return false;
  writeFileSync(stampFile, JSON.stringify(now));
  return true;
}

/** Path → time and size of every file that the output depends on. */
function sources() {
  const files = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'package.json'];
  for (const folder of ['libs', 'services']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(relative(root, join(entry.parentPath ?? entry.path, entry.name)));
    }
  }
  return Object.fromEntries(
    files.sort().map((path) => {
      const { mtimeMs, size } = statSync(join(root, path));
      return [path, `${mtimeMs} ${size}`];
    }),
  );
}
