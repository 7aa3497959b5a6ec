import { readdirSync } from 'node:fs';
import { execaSync } from 'execa';
import { parentOf, startTimeOf } from './identity.mjs';

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  pid: number;
  startTime: string | undefined;
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startTime: startTimeOf(pid) };
}

export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  return startTime !== undefined && startTimeOf(pid) === startTime;
}

/** A process and all its descendants, parents first. */
export function familyOf(pid: number): ProcessIdentity[] {
  const childrenOf = new Map<number, number[]>();
  for (const [child, parent] of process.platform === 'linux' ? parentsFromProc() : parentsFromPs()) {
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), child]);
  }
  const found: number[] = [];
  for (let generation = [pid]; generation.length > 0;) {
    found.push(...generation);
    generation = generation.flatMap((parent) => childrenOf.get(parent) ?? []);
  }
  return found.map(identify);
}

/**
 * Kills those of a family that still run. A process group would not do: PostgreSQL's backends and Erlang's helpers make
 * their own.
 */
export function killFamily(family: ProcessIdentity[]): void {
  for (const member of family.filter(isRunning)) {
    try {
      process.kill(member.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // Gone in between is what was wanted.
    }
  }
}

function* parentsFromProc(): Generator<[number, number]> {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(Number(entry));
    if (parent !== undefined) yield [Number(entry), parent];
  }
}

function parentsFromPs(): [number, number][] {
  const { stdout } = execaSync('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid !== undefined && parent !== undefined ? [[pid, parent] as [number, number]] : [];
  });
}
