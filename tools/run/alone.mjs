import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryLock } from '../process/lock.mjs';
import { root } from './paths.mjs';

/**
 * Runs `action` while no other npm script of this clone installs or builds; waits for one that does.
 *
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function alone(action) {
  const lock = await waitForLock();
  try {
    return await action();
  } finally {
    lock.release();
  }
}

async function waitForLock() {
  for (let told = false; ; told = true) {
    const answer = tryLock(join(root, '.provisor/preparing'));
    if ('release' in answer) return answer;
    if (!told) console.log(`waiting for process ${answer.heldBy}, which is installing or building here…`);
    // The other process cannot tell us when it is done: a file system has no such signal that works everywhere.
    await delay(200);
  }
}
