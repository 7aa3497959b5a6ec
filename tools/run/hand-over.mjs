import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { node24, root } from './paths.mjs';

const main = join(root, 'tools/run/main.mjs');

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command with Node 24, in the foreground on this terminal. The child has a channel to us that closes when this
 * process dies, even by SIGKILL, so that it can clean up behind itself.
 *
 * This is the one process that is not started by execa once the packages are there: execa may need a later Node than
 * this one.
 *
 * @param {string[]} args the command and its arguments
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function handOver(args) {
  // Sources of tools, tests and benchmarks run as they are: with this condition `#contracts` and the like mean sources
  // there.
  const child = spawn(node24, ['--conditions=provisor-source', main, ...args], {
    env: { ...process.env, PATH: `${dirname(node24)}${delimiter}${process.env.PATH}` },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to the child as well; it takes two in quick succession for one.
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  const watch = watchNpm(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      for (const each of forwarded) process.removeAllListeners(each);
      resolve({ code, signal });
    });
  });
}

/**
 * npm that is killed cannot pass that on. What shows is that this process gets another parent: npm's shell has made way
 * for it (`exec`).
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function watchNpm(child) {
  // Started by hand: a shell may well go away and leave us running.
  if (!process.env.npm_lifecycle_event) return undefined;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 1000);
  return watch.unref();
}
