import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** O_CLOEXEC: the system closes such a file in every program that is started. */
const closedOnStart = 0o2000000;
/** Standard input, output and error. */
const standardFiles = 2;

/**
 * Closes the files that this process inherited and would pass on to scripts. Files that Node opens are never passed on.
 */
export function closeInheritedFiles(): void {
  for (const number of openFiles()) {
    if (number <= standardFiles || isClosedOnStart(number)) continue;
    try {
      closeSync(number);
    } catch {
      // It was that of the folder we read these from.
    }
  }
}

function openFiles(): number[] {
  try {
    return readdirSync('/proc/self/fdinfo').map(Number);
  } catch {
    return [];
  }
}

function isClosedOnStart(number: number): boolean {
  try {
    const flags = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'utf8'))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & closedOnStart) !== 0;
  } catch {
    return true;
  }
}
