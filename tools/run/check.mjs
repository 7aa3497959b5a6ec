import { availableParallelism } from 'node:os';
import { execa } from 'execa';
import { runInForeground } from './foreground.mjs';
import { node24, root } from './paths.mjs';

const cache = (name) => `.provisor/cache/check/${name}`;
const sources = ['services', 'libs', 'cli', 'sdk', 'tools', 'test', 'bench'];

// TypeScript 7 checks the same code as 6 in a third of the time; 6 stays for programs that use its API (ESLint, Nest,
// the importer).
const typescript = 'node_modules/typescript-native/bin/tsc';
const eslint = ['node_modules/eslint/bin/eslint.js', '.'];
const prettier = 'node_modules/prettier/bin/prettier.cjs';

const steps = {
  // The console has a tsconfig.json of its own, so that its lint has nothing in common with the rest, and runs beside
  // it.
  lint: [...eslint, '--ignore-pattern', 'services/console/'],
  'lint of the console': [eslint[0], 'services/console'],
  types: [typescript, '--noEmit', '-p', 'tsconfig.json'],
  'types of the console': [typescript, '--noEmit', '-p', 'services/console/tsconfig.json'],
  format: [prettier, '--check', '--log-level', 'warn', '--cache', '--cache-location', cache('prettier'), '.'],
  'plain English': ['tools/prose/main.ts'],
  // `err-long` prints why a rule exists, as .dependency-cruiser.mjs has it.
  'import boundaries': [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'],
    ...['--cache', cache('imports'), '--cache-strategy', 'content'],
    ...sources,
  ],
};

/**
 * Runs every check, as many at a time as there are processors, also after one has failed; each prints its findings when
 * it is done. Lint has no cache: what it says of one file depends on the types in others.
 *
 * @returns {Promise<boolean>} whether all passed
 */
export async function check() {
  const failed = [];
  const waiting = Object.entries(steps).values();
  const worker = async () => {
    for (const [name, args] of waiting) {
      if (!(await passes(name, args))) failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
  return failed.length === 0;
}

/**
 * @param {string} name
 * @param {string[]} args
 */
async function passes(name, args) {
  const env = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const { failed, all, durationMs } = await execa(node24, args, {
    cwd: root,
    env,
    all: true,
    stdin: 'ignore',
    reject: false,
  });
  console.log(`${failed ? 'failed' : 'passed'}: ${name} (${Math.round(durationMs / 1000)} s)`);
  if (failed) console.log(all);
  return !failed;
}

/**
 * Corrects what ESLint and Prettier can correct.
 *
 * @returns {Promise<boolean>} whether nothing is left that needs a person
 */
export async function fix() {
  const lint = await runInForeground([...eslint, '--fix']);
  const format = await runInForeground([prettier, '--write', '--log-level', 'warn', '.']);
  return lint === 0 && format === 0;
}
