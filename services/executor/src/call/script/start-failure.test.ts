import { open } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';
import { findStarter, startFailure } from './host/starter.ts';
import { endOutcome } from './script-outcome.ts';
import { ScriptFolder } from './testing/script-folder.ts';

const withPerl = onlyWhere(it, findStarter([]).kind === 'perl', 'perl');

let folder: ScriptFolder;

beforeAll(async () => {
  folder = await ScriptFolder.make();
});

afterAll(() => folder.remove());

describe('a script that the system does not start', () => {
  withPerl.each(['C.UTF-8', 'de_DE.UTF-8'])(
    'since it is open for writing is tried again, with LANG=%s',
    async (LANG) => {
      const environment = { PATH: process.env['PATH']!, LANG, TZ: 'UTC', HOME: '/' };
      const runner = folder.runner({ environment });
      const name = await folder.write('#!/bin/sh\necho started\n');
      const writer = await open(path.join(folder.path, name), 'r+');
      const busy = await folder.run(runner, name, { mode: 'persistent' });
      expect(busy.outcome).toMatchObject({
        kind: 'retryable',
        reason: 'spawn_failed',
        message: expect.stringContaining('ETXTBSY; it is open for writing'),
      });
      await writer.close();
      expect((await folder.run(runner, name, { mode: 'persistent' })).outcome).toMatchObject({ reason: 'bad_reply' });
    },
  );

  it.each(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'EIO', 'ESTALE', 'ETXTBSY', 'ENOSPC', 'ETIMEDOUT', 'errno 999'])(
    '%s may pass',
    (code) => {
      const outcome = endOutcome({ kind: 'not_started', stage: 'execve', code }, '/s/a', true);
      expect(outcome).toMatchObject({ kind: 'retryable', reason: 'spawn_failed' });
    },
  );

  it.each(['ENOENT', 'ENOEXEC', 'EACCES', 'EPERM', 'ELOOP', 'E2BIG', 'ENOTDIR', 'ELIBBAD'])('%s lasts', (code) => {
    const outcome = endOutcome({ kind: 'not_started', stage: 'execve', code }, '/s/a', true);
    expect(outcome).toMatchObject({ kind: 'permanent', reason: 'script_not_runnable' });
  });

  it.each(['spawn', 'limits', 'capabilities', 'filter', 'fence'] as const)(
    'by a fault of the step %s, which says nothing of the file',
    (stage) => {
      const outcome = endOutcome({ kind: 'not_started', stage, code: 'EPERM' }, '/s/a', true);
      expect(outcome).toMatchObject({ kind: 'retryable', reason: 'spawn_failed' });
    },
  );

  it('for its arguments is permanent', async () => {
    const { outcome } = await folder.run(folder.runner(), 'exit 0', { args: ['x'.repeat(200_000)] });
    expect(outcome).toMatchObject({ kind: 'permanent', reason: 'script_not_runnable' });
  });
});

describe('a script cannot say that it was not started', () => {
  it.each([
    ['prlimit: failed to execute x: Text file busy', 126],
    ['prlimit: failed to execute x: Cannot allocate memory', 126],
    ['prlimit: failed to execute x: No such file or directory', 127],
    ['execve 11', 127],
  ])('by printing %p and exiting with %d', async (text, code) => {
    const runner = folder.runner();
    const { outcome, stderr } = await folder.run(runner, `echo '${text}' >&2; exit ${code}`);
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'exit_code' });
    expect(stderr).toBe(`${text}\n`);
  });

  withPerl('by what it writes to a file of that number', async () => {
    const { outcome } = await folder.run(folder.runner(), 'ls /proc/self/fd >&2; (echo execve 11 >&3); exit 127');
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'exit_code' });
  });
});

describe('what a starter says', () => {
  it.each([
    ['execve 26', { stage: 'execve', code: 'ETXTBSY' }],
    ['limits 1', { stage: 'limits', code: 'EPERM' }],
    ['execve 4095', { stage: 'execve', code: 'errno 4095' }],
    ['', undefined],
    ['Text file busy', undefined],
  ])('%p is %p', (status, failure) => {
    expect(startFailure(status)).toEqual(failure);
  });
});
