import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Mark } from './messages.ts';

/** Marks begin here, in microseconds: 35 years, which no process reaches. */
export const firstMark = 2 ** 50;
/** Between two looks at what was just killed. */
const lookAgainMs = 1;
/** A program that forks faster than this kills is stopped only by its limits. */
const maxLooks = 100;
/** As long as that, no machine gives out all of its process ids. */
const oneRoundOfIdsMs = 250;
/** How old a count of started processes may be; /proc/stat is large on a large machine. */
const countHoldsMs = 250;
/** Up to this number, ids are checked one by one; listing all processes costs more. */
const fewIds = 100;

/** Whose descendants are looked for. */
export interface Root {
  /** They have one of these marks, the last included. */
  readonly limits: { readonly first: number; readonly last: number };
  /** Or one of these in their environment. */
  readonly variables: readonly string[];
  /** Of the first process of all; undefined where there were several. */
  readonly pid?: number;
  /** `performance.now()` when that started. */
  readonly startedAt?: number;
  /** How many processes the system had started a moment before that. */
  readonly countBefore?: number;
}

/** The descendants of one script. */
export function rootOf({ limit, variable }: Mark, pid?: number): Root {
  const variables = variable === '' ? [] : [variable];
  const first = pid === undefined ? {} : { pid };
  return {
    limits: { first: limit, last: limit },
    variables,
    ...first,
    startedAt: performance.now(),
    countBefore: recentCount(),
  };
}

/** Sends a signal to a process group; that it is gone is no failure. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone, or another user's by now.
  }
}

/**
 * Kills what a script left, wherever it went: out of the process group, into a session of its own, away from its
 * parent. Descendants are known by the mark that they inherit. Resolves when none is left.
 */
export async function killDescendants(root: Root): Promise<void> {
  for (let looks = 0; looks < maxLooks; looks++) {
    const found = findMarked(root);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
    await delay(lookAgainMs);
  }
}

function findMarked(root: Root): number[] {
  return candidates(root).filter((pid) => pid !== process.pid && isMarked(pid, root) && !isDead(pid));
}

/** Descendants have ids that were given out after that of their root. Few have been in the life of a short script. */
function candidates(root: Root): number[] {
  const { pid: first = 0 } = root;
  const last = Number(read('/proc/loadavg').trim().split(' ').at(-1));
  if (!(last > 0) || mayHaveGoneRound(root)) return processIds();
  if (last < first) return processIds().filter((pid) => pid >= first || pid <= last);
  if (last - first < fewIds) return idsBetween(first, last).filter((pid) => existsSync(`/proc/${pid}`));
  return processIds().filter((pid) => pid >= first && pid <= last);
}

/** Whether process ids may have been given out that are lower than that of the root. Every thread has one, too. */
function mayHaveGoneRound({ pid, startedAt, countBefore }: Root): boolean {
  if (pid === undefined || startedAt === undefined) return true;
  if (performance.now() - startedAt <= oneRoundOfIdsMs) return false;
  const ids = Number(read('/proc/sys/kernel/pid_max'));
  return !(startedProcesses() - (countBefore ?? Number.NaN) < ids / 2);
}

let lastCount = { count: Number.NaN, at: -Infinity };

/** A count of a moment ago, or of now. */
function recentCount(): number {
  if (performance.now() - lastCount.at > countHoldsMs) lastCount = { count: startedProcesses(), at: performance.now() };
  return lastCount.count;
}

/** How many processes and threads were started since the system was; NaN where it does not say so. */
function startedProcesses(): number {
  return Number(/^processes (\d+)$/m.exec(read('/proc/stat'))?.[1] ?? Number.NaN);
}

function idsBetween(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    // No such file system: the process group has to do.
    return [];
  }
}

function isMarked(pid: number, { limits, variables }: Root): boolean {
  const found = Number(/^Max realtime timeout +\d+ +(\d+)/m.exec(read(`/proc/${pid}/limits`))?.[1] ?? 0);
  if (found >= limits.first && found <= limits.last) return true;
  // Another call's: the same execution may be run again while what an earlier executor started still ends.
  if (found >= firstMark || variables.length === 0) return false;
  const environment = read(`/proc/${pid}/environ`).split('\0');
  return variables.some((variable) => environment.includes(variable));
}

/** Waiting to be taken notice of by its parent; there is nothing left to kill. */
function isDead(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' || /^\) [ZX]/.test(stat.slice(stat.lastIndexOf(')')));
}

/** A process may end while it is looked at, and those of others tell us nothing. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended meanwhile.
  }
}
