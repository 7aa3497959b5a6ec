import { alone } from './alone.mjs';
import { installDependencies } from './dependencies.mjs';
import { handOver } from './hand-over.mjs';

/** Commands whose output is their result, for another program to read: progress goes to standard error. */
const withResults = new Set(['provisor']);

/**
 * Installs the packages where that is needed, and hands over to Node 24, which they include. What follows has every
 * package at hand, execa among them; this process only passes signals on, and ends the way the other one ends.
 *
 * @param {string[]} args the command and its arguments
 */
export async function bootstrap(args) {
  if (withResults.has(args[0])) console.log = console.error;
  if (!(await alone(installDependencies))) process.exit(1);
  const { code, signal } = await handOver(args);
  if (signal) process.kill(process.pid, signal); // So that the shell sees what happened.
  process.exit(code ?? 1);
}
