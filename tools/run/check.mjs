import { runNode } from './child.mjs';

const steps = {
  types: ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  lint: ['eslint/bin/eslint.js', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  'import boundaries': [
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    'services',
    'libs',
    'tools',
    'test',
  ],
};

/**
 * Runs every check, also after one has failed, and says at the end which did.
 *
 * @returns {Promise<import('./child.mjs').Ended>}
 */
export async function check() {
  const failed = [];
  for (const [name, [program, ...args]] of Object.entries(steps)) {
    console.log(`checking ${name}…`);
    const { code, signal } = await runNode([`node_modules/${program}`, ...args]);
    if (signal) return { signal };
    if (code !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
  return { code: failed.length === 0 ? 0 : 1 };
}
