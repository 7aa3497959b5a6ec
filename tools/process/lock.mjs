import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { startTimeOf } from './identity.mjs';

/**
 * Takes the lock `path`, unless a living process holds it. The lock of a dead process is taken over.
 *
 * The lock is a folder with one file, named after its owner. It appears whole, by a rename, so a lock always has an
 * owner. A dead owner's file is removed by name, which can never remove a newer owner's. If several processes then race
 * for the empty folder, one wins the rename, because a folder that is not empty cannot be replaced.
 *
 * @param {string} path
 * @param {string} note what a refused process may like to know about the owner
 * @returns {{ release: () => void } | { heldBy: number, note: string }}
 */
export function tryLock(path, note = '') {
  const owner = `${process.pid}@${startTimeOf(process.pid)}`;
  const candidate = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(candidate, { recursive: true, force: true });
  mkdirSync(candidate);
  writeFileSync(join(candidate, owner), note);
  for (;;) {
    if (succeeds(() => renameSync(candidate, path), ['ENOTEMPTY', 'EEXIST', 'EPERM'])) {
      return { release: () => release(path, owner) };
    }
    const holder = ownerOf(path);
    if (holder?.alive) {
      rmSync(candidate, { recursive: true });
      return { heldBy: holder.pid, note: holder.note };
    }
    release(path, holder?.file);
  }
}

/**
 * @param {string} path
 * @param {string | undefined} file
 */
function release(path, file) {
  if (file) succeeds(() => unlinkSync(join(path, file)), ['ENOENT']);
  succeeds(() => rmdirSync(path), ['ENOENT', 'ENOTEMPTY', 'EEXIST']);
}

/** @param {string} path */
function ownerOf(path) {
  let file, note;
  try {
    [file] = readdirSync(path);
    if (!file) return undefined;
    note = readFileSync(join(path, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined; // Released while we looked.
    throw error;
  }
  const [pid, startTime] = file.split('@');
  return { file, note, pid: Number(pid), alive: startTimeOf(Number(pid)) === startTime };
}

/**
 * @param {() => void} action
 * @param {string[]} expected codes of failures that are an answer and no fault
 */
function succeeds(action, expected) {
  try {
    action();
    return true;
  } catch (error) {
    if (expected.includes(error.code)) return false;
    throw error;
  }
}
