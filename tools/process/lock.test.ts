import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { tryLock } from './lock.mjs';

let folder: string;
const lockModule = fileURLToPath(new URL('./lock.mjs', import.meta.url));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor lock '));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that takes the lock, says whether it got it, and stays until its input ends. */
function locker(path: string): string {
  return `import { tryLock } from ${JSON.stringify(lockModule)};
    console.log('release' in tryLock(${JSON.stringify(path)}) ? 'mine' : 'refused');`;
}

function runLocker(path: string, thenWait = '') {
  return execa(process.execPath, ['--input-type=module', '-e', locker(path) + thenWait], {
    stderr: 'inherit',
    buffer: false,
  });
}

test('a held lock is refused, with its owner; a released one is free', () => {
  const path = join(folder, 'lock');
  const lock = tryLock(path, 'a note');
  expect(tryLock(path)).toEqual({ heldBy: process.pid, note: 'a note' });
  if ('release' in lock) lock.release();
  expect(tryLock(path)).toHaveProperty('release');
});

test('of many who find the lock of a dead process, one gets it', async () => {
  const path = join(folder, 'lock');
  execaSync(process.execPath, ['--input-type=module', '-e', locker(path)]);
  const racers = Array.from({ length: 8 }, () =>
    runLocker(path, `await new Promise((end) => process.stdin.resume().on('end', end));`),
  );
  const answers = racers.map(
    (racer) => new Promise<string>((resolve) => racer.stdout.once('data', (data) => resolve(String(data).trim()))),
  );
  expect((await Promise.all(answers)).sort()).toEqual(['mine', ...Array<string>(7).fill('refused')]);
  const ended = racers.map((racer) => text(racer.stdout));
  for (const racer of racers) racer.stdin.end();
  await Promise.all(ended);
  expect(await readdir(folder)).toEqual(['lock']);
});
