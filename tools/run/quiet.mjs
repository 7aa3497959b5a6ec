import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a command of which only a failure is interesting: one line says what goes on, and what it printed is shown only when it failed.
 *
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {Promise<boolean>} whether it succeeded
 */
export function runQuietly(what, command, args, options = {}) {
  console.log(`${what}…`);
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const printed = [];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code !== 0) {
        process.stderr.write(Buffer.concat(printed));
        console.error(`${what} failed (${signal ?? `exit code ${code}`})`);
      }
      resolve(code === 0);
    });
  });
}
