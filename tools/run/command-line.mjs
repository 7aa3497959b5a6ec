import { join } from 'node:path';
import { runNode } from './child.mjs';
import { root } from './paths.mjs';

/**
 * Runs the command line as it is written; nothing has to be built. Without a registry of one's own it speaks to the one that `npm start`
 * has started here.
 *
 * @param {string[]} args
 */
export function commandLine(args) {
  // npm goes to the root of the clone; files are meant where the user is.
  const isNpmScript = process.env.npm_lifecycle_event === 'provisor';
  const cwd = (isNpmScript && process.env.INIT_CWD) || process.cwd();
  const env = { PROVISOR_DEV_FILE: join(root, '.provisor/dev.json') };
  return runNode(['--conditions=provisor-source', join(root, 'cli/src/main.ts'), ...args], { cwd, env });
}
