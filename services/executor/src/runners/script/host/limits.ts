import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ScriptLimits } from './messages.ts';
import { firstMark } from './process-tree.ts';

/** `prlimit` of util-linux, which sets limits and becomes the program that it is given. */
const prlimit = 'prlimit';

/** The names in `/proc/self/limits`, and the options of prlimit. */
const resources: Record<keyof ScriptLimits, [name: string, option: string]> = {
  cpuSeconds: ['Max cpu time', '--cpu'],
  memory: ['Max address space', '--as'],
  openFiles: ['Max open files', '--nofile'],
  processes: ['Max processes', '--nproc'],
  fileSize: ['Max file size', '--fsize'],
};

/** Whether limits can be set here, and the mark with them. */
export function canLimit(): boolean {
  return spawnSync(prlimit, [`--rttime=${firstMark}`, '--core=0', 'true'], { stdio: 'ignore' }).status === 0;
}

/** The arguments of prlimit that stand for limits. Nobody may ask for more than this process may have itself. */
export function limitArguments(limits: ScriptLimits): string[] {
  const own = readFileSync('/proc/self/limits', 'utf8');
  const options = Object.entries(resources).flatMap(([resource, [name, option]]) => {
    const wanted = limits[resource as keyof ScriptLimits];
    return wanted === undefined ? [] : [`${option}=${Math.min(wanted, hardLimit(own, name))}`];
  });
  // A core file holds what the script had in memory, and can be large.
  return [...options, '--core=0'];
}

/** The command that runs a program within limits. */
export function limited(args: readonly string[], mark: number, file: string, fileArgs: readonly string[]): string[] {
  return [prlimit, ...args, `--rttime=${mark}`, '--', file, ...fileArgs];
}

/**
 * The system's error when the program could not be run by prlimit, which then says so and exits as a shell would.
 *
 * @returns undefined when it was the program itself that ended so.
 */
export function limitedStartError(exitCode: number | null, stderr: string): string | undefined {
  if ((exitCode !== 126 && exitCode !== 127) || !stderr.startsWith('prlimit: ')) return undefined;
  if (exitCode === 127) return 'ENOENT';
  if (stderr.includes('temporarily unavailable')) return 'EAGAIN';
  if (stderr.includes('allocate memory')) return 'ENOMEM';
  return 'EACCES';
}

function hardLimit(limits: string, name: string): number {
  const hard = new RegExp(`^${name} +\\S+ +(\\S+)`, 'm').exec(limits)?.[1];
  return hard === undefined || hard === 'unlimited' ? Infinity : Number(hard);
}
