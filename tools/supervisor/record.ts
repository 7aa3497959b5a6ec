import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, type ProcessIdentity } from '../process/tree.ts';
import type { ProcessSpec } from './messages.ts';

/** A running process, as recorded for the successor of a supervisor that was killed. */
export interface RunningProcess extends ProcessIdentity {
  spec: Pick<ProcessSpec, 'name' | 'stopSignal' | 'graceMs' | 'afterwards'>;
}

/** Notes a process that has just been started. Its environment, which holds passwords, is left out. */
export function describeRunning(pid: number, spec: ProcessSpec): RunningProcess {
  const { name, stopSignal, graceMs, afterwards } = spec;
  return { ...identify(pid), spec: { name, stopSignal, graceMs, ...(afterwards && { afterwards }) } };
}

export function writeRecord(dataDir: string, running: RunningProcess[]): void {
  const file = fileIn(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify(running, null, 2));
  renameSync(`${file}.new`, file); // A reader never sees half a record.
}

export function readRecord(dataDir: string): RunningProcess[] {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as RunningProcess[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'processes.json');
}
