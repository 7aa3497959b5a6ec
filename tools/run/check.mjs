import { makeApiTypes } from './api-types.mjs';
import { runNode } from './child.mjs';

const steps = {
  types: ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  'types of the console': ['typescript/bin/tsc', '--noEmit', '-p', 'services/console/tsconfig.json'],
  lint: ['eslint/bin/eslint.js', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  'import boundaries': [
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    'services',
    'libs',
    'cli',
    'sdk',
    'tools',
    'test',
    'bench',
  ],
};

/**
 * Runs every check, also after one has failed, and says at the end which did.
 *
 * @returns {Promise<import('./child.mjs').Ended>}
 */
export async function check() {
  // What cannot be built is shown, and fails the types too; lint and the rest can still be of use.
  const failed = (await makeApiTypes()) ? [] : ['types of the API'];
  for (const [name, [program, ...args]] of Object.entries(steps)) {
    console.log(`checking ${name}…`);
    const { code, signal } = await runNode([`node_modules/${program}`, ...args]);
    if (signal) return { signal };
    if (code !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
  return { code: failed.length === 0 ? 0 : 1 };
}
