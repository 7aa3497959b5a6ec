// Not execa: the lock of an npm script is taken before the packages are installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells one process from a later one that was given the same pid: the moment it started, in the system's own
 * notation. Undefined when no such process runs. A zombie counts as gone: it holds no port, no lock and no memory.
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startTimeOf(pid) {
  if (process.platform === 'linux') {
    const status = readStatus(pid);
    return status?.state === 'Z' ? undefined : status?.startTime;
  }
  return askPs(pid, 'lstart').replaceAll(/[^A-Za-z0-9]+/g, '-') || undefined;
}

/**
 * The process that started this one, or that has inherited it since; undefined when that cannot be told.
 *
 * @param {number} pid
 * @returns {number | undefined}
 */
export function parentOf(pid) {
  if (process.platform === 'linux') return readStatus(pid)?.parent;
  return Number(askPs(pid, 'ppid')) || undefined;
}

/** @param {number} pid */
function readStatus(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // Not there, or gone while we looked.
  }
  // The command's name stands in parentheses and may itself hold blanks and parentheses; the fixed fields follow the
  // last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], parent: Number(fields[1]), startTime: fields[19] };
}

/**
 * @param {number} pid
 * @param {string} column
 */
function askPs(pid, column) {
  const { stdout, error } = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  if (error) throw error;
  return stdout.trim();
}
