import { execa } from 'execa';
import { root } from './paths.mjs';

/**
 * Runs a command of which only a failure is interesting: one line says what goes on, and its output is shown only when
 * it failed.
 *
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runQuietly(what, command, args) {
  console.log(`${what}…`);
  const { failed, all, shortMessage } = await execa(command, args, {
    cwd: root,
    env: { NODE_ENV: 'production' }, // Jest, whose set-up builds, says `test`.
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  if (!failed) return true;
  process.stderr.write(`${all}\n`);
  console.error(`${what} failed: ${shortMessage}`);
  return false;
}
