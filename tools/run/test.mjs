import { runInForeground } from './foreground.mjs';

const jest = [
  '--conditions=provisor-source',
  '--experimental-vm-modules', // How Jest loads ES modules.
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/**
 * Runs tests once; servers and build are prepared for the files that need them (`jest.config.ts`).
 *
 * @param {string[]} args for Jest
 * @returns {Promise<number>} Jest's exit code
 */
export function test(args) {
  return runInForeground([...jest, ...args]);
}

/**
 * Runs tests again whenever a file is saved, on servers that stay up meanwhile: those whose path matches, or without a path those that
 * the uncommitted changes concern.
 *
 * @param {string[]} args for Jest
 * @returns {Promise<number>} Jest's exit code
 */
export function watchTests(args) {
  const hasPath = args.some((arg) => !arg.startsWith('-'));
  return runInForeground([...jest, hasPath ? '--watchAll' : '--watch', ...args]);
}
