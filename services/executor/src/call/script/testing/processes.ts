import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process runs. One that has ended and was not taken notice of does not. */
export function runs(pid: number): boolean {
  if (!(pid > 1)) throw new RangeError(`${pid} is no process of a script`);
  const stat = read(`/proc/${pid}/stat`);
  return stat !== '' && !/^\) [ZX]/.test(stat.slice(stat.lastIndexOf(')')));
}

/** Processes of a user that run. */
export function processesOf(uid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && new RegExp(`^Uid:\t${uid}\t`, 'm').test(read(`/proc/${pid}/status`)) && runs(pid));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
