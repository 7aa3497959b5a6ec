import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel says of one process at a moment. */
export interface ProcessUse {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Processor time since its start, with that of its children that have ended. */
  readonly seconds: number;
}

/** The kernel counts in hundredths of a second here, whatever its own clock is (`USER_HZ`). */
const ticksPerSecond = 100;

/** Places behind the name of the command, of which the first is the state; see proc_pid_stat(5). */
const places = { parent: 1, firstTime: 11, timesEnd: 15 } as const;

/** Reads `/proc/PID/stat`. The name of the command may contain anything, also spaces and brackets. */
export function parseStat(text: string): ProcessUse | undefined {
  const [, pid, command, rest] = /^(\d+) \((.*)\) ([^)]*)$/s.exec(text) ?? [];
  if (pid === undefined || command === undefined || rest === undefined) return undefined;
  const fields = rest.trim().split(' ').map(Number);
  // User and system time of the process, then those of its children that have ended.
  const ticks = fields.slice(places.firstTime, places.timesEnd).reduce((sum, each) => sum + each, 0);
  const parent = fields[places.parent];
  if (parent === undefined || !Number.isFinite(ticks)) return undefined;
  return { pid: Number(pid), parent, command, seconds: ticks / ticksPerSecond };
}

/** All processes of the machine at this moment; it waits for nothing. Undefined where the system is not Linux. */
export function processesNow(): readonly ProcessUse[] | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(name) ?? []);
}

function statOf(pid: string): ProcessUse | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It has ended since the folder was read: its time is in that of its parent.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** A process and all its descendants. */
export function family(processes: readonly ProcessUse[], root: number): readonly ProcessUse[] {
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const found: ProcessUse[] = [];
  for (let generation = processes.filter(({ pid }) => pid === root); generation.length > 0;) {
    found.push(...generation);
    generation = generation.flatMap(({ pid }) => children.get(pid) ?? []);
  }
  return found;
}

/** Processor time that processes and their descendants have used, seconds. */
export function secondsOf(processes: readonly ProcessUse[], roots: readonly number[]): number {
  return roots.flatMap((root) => family(processes, root)).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** All processes at the beginning and at the end of what counts. */
export interface ProcessorWindow {
  readonly from: readonly ProcessUse[];
  readonly to: readonly ProcessUse[];
}

/** The parts of an installation whose processor time is reported separately. */
export const parts = ['consumer', 'PostgreSQL', 'RabbitMQ', 'target'] as const;
export type Part = (typeof parts)[number];

/** Microseconds of processor time for each event. */
export type ProcessorTime = Readonly<Record<Part, number>>;

/** @param roots Processes of each part; their descendants belong to it. */
export function processorTime(
  { from, to }: ProcessorWindow,
  events: number,
  roots: Readonly<Record<Part, readonly number[]>>,
): ProcessorTime {
  const each = parts.map((part) => {
    const seconds = secondsOf(to, roots[part]) - secondsOf(from, roots[part]);
    return [part, (seconds * 1e6) / events] as const;
  });
  return Object.fromEntries(each) as Record<Part, number>;
}

/** Over all parts. */
export function total(time: ProcessorTime): number {
  return parts.reduce((sum, part) => sum + time[part], 0);
}
