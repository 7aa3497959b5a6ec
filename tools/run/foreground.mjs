import { constants } from 'node:os';
import { execa } from 'execa';
import { compileCache, node24, root } from './paths.mjs';

/**
 * Runs a program with Node 24, on this terminal. It gets the signals that we get, and ends with us.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [env] Added to this process' environment.
 * @returns {Promise<number>} its exit code; 128 and the number of the signal where one ended it, as shells have it
 */
export async function runInForeground(args, env) {
  // Its processes have it, too: tests start dozens of supervisors.
  const environment = { NODE_COMPILE_CACHE: compileCache, ...env };
  const child = execa(node24, args, { cwd: root, env: environment, stdio: 'inherit', reject: false });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm, or the process that handed over to us, is gone.
  process.once('disconnect', () => child.kill('SIGTERM'));
  const { exitCode, signal } = await child;
  return exitCode ?? 128 + (constants.signals[signal] ?? 0);
}
