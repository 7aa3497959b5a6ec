import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { folderFaults } from './script-safety.ts';
import { resolveScript } from './script-path.ts';

let root: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'provisor folders ')));
  for (const name of ['good', 'open']) await mkdir(path.join(root, name));
  await chmod(path.join(root, 'open'), 0o777);
  await writeFile(path.join(root, 'file'), '');
});

afterAll(() => rm(root, { recursive: true }));

describe('the folders of SCRIPTS_DIRS', () => {
  it.each([
    ['none', 'which does not exist'],
    ['file', 'which is not a folder'],
    ['open', 'can be written by everybody'],
    ['file/below', 'which cannot be read: ENOTDIR'],
  ])('are named when they are wrong: %s', async (name, fault) => {
    const folder = path.join(root, name);
    const faults = await folderFaults([path.join(root, 'good'), folder]);
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults[0]).toContain(`SCRIPTS_DIRS names ${folder}`);
  });
});

it('a ConfigMap is a folder of scripts by the link in it, since Kubernetes lets everybody write to the folder itself', async () => {
  // As kubelet lays it out (`AtomicWriter`).
  const mount = path.join(root, 'config map');
  const data = path.join(mount, '..2026_11_28_00_00_00.1');
  await mkdir(data, { recursive: true });
  await chmod(mount, 0o777);
  await chmod(data, 0o755);
  await writeFile(path.join(data, 'notify.sh'), '#!/bin/sh\n', { mode: 0o555 });
  await symlink(path.basename(data), path.join(mount, '..data'));
  await symlink('..data/notify.sh', path.join(mount, 'notify.sh'));
  expect(await folderFaults([mount])).toHaveLength(1);
  const folder = path.join(mount, '..data');
  expect(await folderFaults([folder])).toEqual([]);
  const file = path.join(data, 'notify.sh');
  expect(await resolveScript('notify.sh', [folder], '/bin')).toMatchObject({ file });
});
