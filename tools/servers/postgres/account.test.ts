import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execaSync } from 'execa';
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from './account.ts';
import { onlyWhere } from '../../test/only-where.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor account '));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const asRoot = onlyWhere(test, isRoot, 'root');
const asUser = onlyWhere(test, !isRoot, 'a user other than root');

asRoot.each([0o755, 0o700])(
  `as root, a program in a folder of mode %o can be run by another user${isRoot ? '' : ' (skipped: these tests do not run as root)'}`,
  async (mode) => {
    await chmod(folder, mode);
    const program = join(folder, 'program');
    await copyFile('/bin/sh', program);
    const account = await findAccount(program, folder);
    if (!account) throw new Error('root needs an account');

    const [command, ...args] = [...account.prefix, program, '-c', 'id -u; test -x "$0" && echo executable', program];
    const identity = account.prefix.length === 0 ? { uid: account.uid, gid: account.gid } : {};
    const { stdout } = execaSync(command, args, identity);
    expect(stdout).toBe(`${account.uid}\nexecutable`);
  },
);

asUser(`without root no other account is needed${isRoot ? ' (skipped: these tests run as root)' : ''}`, async () => {
  expect(await findAccount(process.execPath, folder)).toBeUndefined();
});
