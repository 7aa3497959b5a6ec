import { chmod, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mostReportedScripts, type ReportedScript } from '#contracts';
import { ScriptInventory } from './script-inventory.ts';
import { listScripts } from './script-listing.ts';

const searched = '/usr/bin:/bin';

let root: string;
let folder: string;
let other: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'provisor listing ')));
  folder = path.join(root, 'scripts');
  other = path.join(root, 'more scripts');
  for (const each of [folder, other]) await mkdir(each, { mode: 0o755 });
});

afterEach(() => rm(root, { recursive: true }));

async function write(file: string, mode = 0o755): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o755 });
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, mode);
}

const reasons = (scripts: readonly ReportedScript[]): Record<string, string | undefined> =>
  Object.fromEntries(scripts.map((script) => [script.path, script.reason]));

describe('the list of scripts', () => {
  it('names the files below each folder as a handler would, and what the runner says of them', async () => {
    await write(path.join(folder, 'a.sh'));
    await write(path.join(folder, 'user/local/b c.py'));
    await write(path.join(folder, 'readme.txt'), 0o644);
    await write(path.join(folder, 'open.sh'), 0o757);
    await write(path.join(other, 'z.sh'));
    // The first folder that has a file is the one that counts.
    await write(path.join(other, 'readme.txt'));
    const { folders, scripts, truncated } = await listScripts([folder, other, path.join(root, 'none')], searched);
    expect([folders, truncated]).toEqual([[folder, other, path.join(root, 'none')], false]);
    expect(reasons(scripts)).toEqual({
      'a.sh': undefined,
      'open.sh': 'script_writable_by_others',
      'readme.txt': 'script_not_executable',
      'user/local/b c.py': undefined,
      'z.sh': undefined,
    });
    const message = `${path.join(folder, 'readme.txt')} is not executable; chmod +x it`;
    expect(scripts).toContainEqual({ path: 'readme.txt', reason: 'script_not_executable', message });
  });

  it('follows no link out of the folders, and none round in a circle', async () => {
    await write(path.join(root, 'outside/secret.sh'));
    await write(path.join(folder, 'in/a.sh'));
    await symlink(path.join(root, 'outside'), path.join(folder, 'way-out'));
    await symlink('/etc/passwd', path.join(folder, 'passwd'));
    await symlink(path.join(folder, 'in'), path.join(folder, 'also-in'));
    await symlink(folder, path.join(folder, 'in/round'));
    await symlink('nothing', path.join(folder, 'dangling'));
    expect(reasons((await listScripts([folder], searched)).scripts)).toEqual({
      'also-in/a.sh': undefined,
      'in/a.sh': undefined,
      passwd: 'script_symlink_outside',
      'way-out': 'script_symlink_outside',
    });
  });

  it('leaves out what no handler can name, and folders of tools', async () => {
    for (const name of ['a\nb.sh', '.git/hook', 'lib/node_modules/x/run.js', '.hidden.sh']) {
      await write(path.join(folder, name));
    }
    expect(Object.keys(reasons((await listScripts([folder], searched)).scripts))).toEqual(['.hidden.sh']);
  });

  it('ends at its bound, and says so', async () => {
    for (let number = 0; number <= mostReportedScripts; number += 1) await write(path.join(folder, `${number}.sh`));
    const { scripts, truncated } = await listScripts([folder], searched);
    expect([scripts.length, truncated]).toEqual([mostReportedScripts, true]);
    await rm(path.join(folder, '0.sh'));
    expect(await listScripts([folder], searched)).toMatchObject({ truncated: false });
  });
});

describe('the inventory of scripts', () => {
  it('tells when they are known, and then only when they are others', async () => {
    await write(path.join(folder, 'a.sh'));
    let told = Promise.withResolvers<undefined>();
    const inventory = new ScriptInventory({
      folders: [folder],
      searched,
      onChange: () => told.resolve(undefined),
      warn: told.reject,
      intervalMs: 1,
    });
    expect(inventory.report).toBeUndefined();
    inventory.start();
    await told.promise;
    const first = inventory.report;
    expect(first?.scripts).toEqual([{ path: 'a.sh' }]);
    told = Promise.withResolvers();
    // Of a whole file at once, so that no look sees half of the change.
    await write(path.join(root, 'b.sh'), 0o644);
    expect(inventory.report).toBe(first);
    await rename(path.join(root, 'b.sh'), path.join(folder, 'b.sh'));
    await told.promise;
    expect(inventory.report?.scripts).toMatchObject([{ path: 'a.sh' }, { path: 'b.sh' }]);
    inventory.stop();
  });
});
