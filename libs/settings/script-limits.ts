import type { EnvironmentReader } from './environment.ts';
import { wholeNumber } from './parsers.ts';

/** What one process of a script may take; undefined: what the system lets it. */
export interface ScriptLimits {
  cpuSeconds: number | undefined;
  /** Bytes of address space. */
  memory: number | undefined;
  openFiles: number | undefined;
  /** Processes and threads, of its user in all. */
  processes: number | undefined;
  /** Bytes of any file that it writes. */
  fileSize: number | undefined;
}

const mebibyte = 1024 * 1024;

/** @param ownUser Whether scripts have a user to themselves. Processes of a user who has others as well are not theirs to count. */
export function readScriptLimits(reader: EnvironmentReader, ownUser: boolean): ScriptLimits {
  const memory = reader.read('SCRIPT_MEMORY_MB', wholeNumber(16, 1_048_576), undefined);
  const fileSize = reader.read('SCRIPT_FILE_SIZE_MB', wholeNumber(1, 1_048_576), 1_024);
  return {
    cpuSeconds: reader.read('SCRIPT_CPU_SECONDS', wholeNumber(1, 86_400), undefined),
    memory: memory === undefined ? undefined : memory * mebibyte,
    openFiles: reader.read('SCRIPT_OPEN_FILES', wholeNumber(16, 1_048_576), 1_024),
    processes: reader.read('SCRIPT_PROCESSES', wholeNumber(1, 1_048_576), ownUser ? 512 : undefined),
    fileSize: fileSize * mebibyte,
  };
}
