import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { parentOf } from '../process/identity.mjs';
import { node24, root } from './paths.mjs';

/** @typedef {{ code?: number | null, signal?: NodeJS.Signals | null }} Ended */

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs Node 24 in the foreground, on this terminal.
 *
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, tellWhenGone?: boolean }} options `cwd`: the root of the clone where nothing is said;
 *   `env`: beside our own; `tellWhenGone`: gives the child a channel that closes when this process dies, even by
 *   SIGKILL, so that it can clean up behind itself
 * @returns {Promise<Ended>}
 */
export function runNode(args, { cwd = root, env = {}, tellWhenGone = false } = {}) {
  const child = spawn(node24, args, {
    cwd,
    env: { ...process.env, ...env, PATH: `${dirname(node24)}${delimiter}${process.env.PATH}` },
    stdio: ['inherit', 'inherit', 'inherit', ...(tellWhenGone ? ['ipc'] : [])],
  });
  // A terminal sends Ctrl-C to the child as well; it takes two in quick succession for one.
  for (const signal of forwarded) process.once(signal, () => child.kill(signal));
  // After the first of a kind, later ones must not end this process before its child.
  for (const signal of forwarded) process.on(signal, () => {});
  const watch = tellWhenGone ? watchNpm(child) : undefined;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      for (const forwardedSignal of forwarded) process.removeAllListeners(forwardedSignal);
      resolve({ code, signal });
    });
  });
}

/**
 * npm that is killed cannot pass that on. What shows is that somebody inherits us, or the shell that npm runs scripts with.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function watchNpm(child) {
  if (!process.env.npm_lifecycle_event) return undefined; // Started by hand: a shell may well go away and leave us running.
  const lineage = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const original = lineage();
  const watch = setInterval(() => {
    if (lineage() === original) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 1000);
  return watch.unref();
}
