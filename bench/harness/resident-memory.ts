import { readFile } from 'node:fs/promises';
import { MeasurementError } from '../bench-error.ts';

/** How often memory is looked at, milliseconds. */
const lookEveryMs = 250;

/** Memory of a process (RSS), MiB. Linux only. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined)
    throw new MeasurementError('memory can be measured on Linux only, of a process that runs');
  return Number(kilobytes) / 1_024;
}

/** Looks at the memory of a process from now on; the answer stops it and says how much it was at most, MiB. */
export function watchMemory(pid: number): () => Promise<number> {
  let most = 0;
  const look = async (): Promise<void> => {
    most = Math.max(most, await residentMb(pid));
  };
  // Whether the process still runs is for the last look to say.
  const looking = setInterval(() => void look().catch(() => undefined), lookEveryMs);
  return async () => {
    clearInterval(looking);
    await look();
    return most;
  };
}
