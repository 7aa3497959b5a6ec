import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runInForeground } from './foreground.mjs';
import { root } from './paths.mjs';

const jest = [
  '--conditions=provisor-source',
  '--experimental-vm-modules', // How Jest loads ES modules.
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/** When more files fail, something is broken: they are not run again. */
const mostRunAgain = 8;

/**
 * Runs tests once; servers and build are prepared for the files that need them (`jest.config.ts`). When a run of all
 * tests ends with a few failed files, these run again, one at a time: a file that fails beside others and passes alone
 * is unstable, and is named as such.
 *
 * @param {string[]} args for Jest
 * @returns {Promise<number>} Jest's exit code
 */
export function test(args) {
  return args.length > 0 ? runInForeground([...jest, ...args]) : testAll(jest, {});
}

/**
 * Runs the tests of a project that `npm test` leaves out, in the same way.
 *
 * @param {'browser' | 'long' | 'recipes'} project
 * @param {string[]} args for Jest
 * @returns {Promise<number>} Jest's exit code
 */
export function testOnRequest(project, args) {
  const command = [...jest, ...args, '--selectProjects', project];
  const env = { TEST_ON_REQUEST: project };
  return args.length > 0 ? runInForeground(command, env) : testAll(command, env);
}

/**
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
async function testAll(command, env) {
  const folder = mkdtempSync(join(tmpdir(), 'provisor-tests-'));
  const list = join(folder, 'failed');
  try {
    const exitCode = await runInForeground(command, { ...env, PROVISOR_FAILED_TESTS: list });
    const failed = existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : [];
    if (exitCode !== 1 || failed.length === 0 || failed.length > mostRunAgain) return exitCode;
    return await runAgain(command, env, failed);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @param {string[]} files
 * @returns {Promise<number>}
 */
async function runAgain(command, env, files) {
  const names = files.map((file) => `  ${relative(root, file)}\n`).join('');
  process.stderr.write(`\nRunning the failed files again, one at a time:\n${names}\n`);
  const exitCode = await runInForeground([...command, '--runInBand', '--runTestsByPath', ...files], env);
  if (exitCode === 0) {
    process.stderr.write(`\nUnstable: these failed beside other tests and passed alone. Please mend them:\n${names}`);
  }
  return exitCode;
}

/**
 * Runs tests again whenever a file is saved, on servers that stay up meanwhile: those whose path matches, or without a
 * path those that the uncommitted changes concern.
 *
 * @param {string[]} args for Jest
 * @returns {Promise<number>} Jest's exit code
 */
export function watchTests(args) {
  const hasPath = args.some((arg) => !arg.startsWith('-'));
  return runInForeground([...jest, hasPath ? '--watchAll' : '--watch', ...args]);
}
