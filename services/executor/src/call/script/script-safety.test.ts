import { chmod, chown, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isPrivateGroup } from './private-group.ts';
import { resolveScript } from './script-path.ts';
import { distrust } from './script-safety.ts';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';

let root: string;
let allowed: string;
let below: string;
let file: string;
const own = { uid: process.geteuid!(), gid: process.getegid!() };
const asRoot = onlyWhere(it, own.uid === 0, 'root');

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'provisor safety ')));
  allowed = path.join(root, 'allowed');
  below = path.join(allowed, 'below');
  file = path.join(below, 'script.sh');
  await mkdir(below, { recursive: true });
  await writeFile(file, '#!/bin/sh\n');
});

beforeEach(async () => {
  for (const place of [root, allowed, below, file]) await chmod(place, 0o755);
});

afterAll(() => rm(root, { recursive: true }));

const refusal = async (name = 'below/script.sh') => {
  const script = await resolveScript(name, [allowed], '/usr/bin:/bin');
  return 'refused' in script ? script.refused : undefined;
};

describe('a script that others could have written', () => {
  it('is run when only root and the service can write it, and every folder down to it', async () => {
    expect(await refusal()).toBeUndefined();
  });

  it.each(['file', 'folder', 'allowed folder'])('is refused: the %s is writable by everybody', async (what) => {
    const place = { file, folder: below, 'allowed folder': allowed }[what]!;
    await chmod(place, 0o757);
    expect(await refusal()).toEqual({
      kind: 'permanent',
      reason: 'script_writable_by_others',
      message: `${place} can be written by everybody; chmod o-w it`,
    });
  });

  it('is refused also where the sticky bit keeps others from replacing it: they can still add to it', async () => {
    await chmod(allowed, 0o1777);
    expect(await refusal()).toMatchObject({ reason: 'script_writable_by_others' });
  });

  asRoot('is refused when a group with others in it can write it', async () => {
    await chown(file, own.uid, 54_321);
    await chmod(file, 0o775);
    expect(await refusal()).toMatchObject({ kind: 'permanent', reason: 'script_writable_by_others' });
    await chown(file, own.uid, own.gid);
  });

  asRoot('is refused when it, or a folder above it, belongs to somebody else', async () => {
    for (const place of [file, below, allowed]) {
      await chown(place, 54_321, own.gid);
      expect(await refusal()).toMatchObject({
        kind: 'permanent',
        reason: 'script_owner',
        message: expect.stringContaining(`${place} belongs to user 54321`),
      });
      await chown(place, own.uid, own.gid);
    }
  });

  it('is refused when others could lead the link to it elsewhere', async () => {
    const links = path.join(allowed, 'links');
    await mkdir(links, { recursive: true });
    await symlink(file, path.join(links, 'link.sh'));
    expect(await refusal('links/link.sh')).toBeUndefined();
    await chmod(links, 0o777);
    expect(await refusal('links/link.sh')).toMatchObject({ reason: 'script_writable_by_others' });
  });

  it('is not looked at above the allowed folder, which stands in /tmp as well', async () => {
    await chmod(root, 0o1777);
    expect(await refusal()).toBeUndefined();
  });

  asRoot('may belong to root while the service is somebody else', async () => {
    expect(await distrust(file, allowed, { uid: 1_000, gid: 1_000 })).toBeUndefined();
  });
});

describe('a group', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:1001::/:/bin/sh';

  it('is private when its user is alone in it', () => {
    const ann = { uid: 1000, gid: 1000 };
    expect(isPrivateGroup(ann, passwd, 'root:x:0:\nann:x:1000:\n')).toBe(true);
    expect(isPrivateGroup(ann, passwd, 'ann:x:1000:ann\n')).toBe(true);
  });

  it('is not private when others are in it, or when nothing is known of it', () => {
    const ann = { uid: 1000, gid: 1000 };
    expect(isPrivateGroup(ann, passwd, 'ann:x:1000:bob\n')).toBe(false);
    expect(isPrivateGroup(ann, `${passwd}\ncy:x:1002:1000::/:/bin/sh`, 'ann:x:1000:\n')).toBe(false);
    expect(isPrivateGroup(ann, passwd, 'staff:x:50:\n')).toBe(false);
    expect(isPrivateGroup({ uid: 2000, gid: 1000 }, passwd, 'ann:x:1000:\n')).toBe(false);
  });
});
