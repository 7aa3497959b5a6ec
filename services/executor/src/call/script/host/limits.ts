import { readFileSync } from 'node:fs';
import type { ScriptLimits } from './messages.ts';
import { markResource } from './mark-filter.ts';

/** Numbers of resources, and the most that a process may have of each. */
export type Limits = readonly (readonly [resource: number, limit: number])[];

/** The names in `/proc/self/limits`, and the numbers of the system. */
const resources: Record<keyof ScriptLimits, [name: string, number: number]> = {
  cpuSeconds: ['Max cpu time', 0],
  fileSize: ['Max file size', 1],
  processes: ['Max processes', 6],
  openFiles: ['Max open files', 7],
  memory: ['Max address space', 9],
};
const coreFiles = 4;
const options: Readonly<Record<number, string>> = {
  0: '--cpu',
  1: '--fsize',
  4: '--core',
  6: '--nproc',
  7: '--nofile',
  9: '--as',
  [markResource]: '--rttime',
};

/** The limits of a script. They cannot exceed the limits of this process. */
export function scriptLimits(limits: ScriptLimits): Limits {
  const own = readFileSync('/proc/self/limits', 'utf8');
  const wanted = Object.entries(resources).flatMap(([resource, [name, number]]) => {
    const limit = limits[resource as keyof ScriptLimits];
    return limit === undefined ? [] : [[number, Math.min(limit, hardLimit(own, name))] as const];
  });
  // A core file holds what the script had in memory, and can be large.
  return [...wanted, [coreFiles, 0]];
}

/** Limits, and the mark with them. */
export function limitsWith(limits: Limits, mark: number): Limits {
  return [...limits, [markResource, mark]];
}

/** The arguments of `prlimit` of util-linux. */
export function prlimitOptions(limits: Limits): string[] {
  return limits.map(([resource, limit]) => `${options[resource]!}=${limit}`);
}

function hardLimit(limits: string, name: string): number {
  const hard = new RegExp(`^${name} +\\S+ +(\\S+)`, 'm').exec(limits)?.[1];
  return hard === undefined || hard === 'unlimited' ? Infinity : Number(hard);
}
