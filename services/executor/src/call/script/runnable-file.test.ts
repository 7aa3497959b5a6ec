import { readFileSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listScripts } from './script-listing.ts';
import type { ScriptRunner } from './script-runner.ts';
import { runs } from './testing/processes.ts';
import { ScriptFolder } from './testing/script-folder.ts';
import { eventually } from '../../../../../test/support/eventually.ts';

let folder: ScriptFolder;
let runner: ScriptRunner;
const searched = '/usr/bin:/bin';

beforeAll(async () => {
  folder = await ScriptFolder.make();
  runner = folder.runner({ environment: { PATH: searched, LANG: 'C.UTF-8', TZ: 'UTC', HOME: '/' } });
});

afterAll(() => folder.remove());

/** A program of this machine, with other bytes at some place of its header. */
function program(place: number, bytes: readonly number[]): Buffer {
  const own = readFileSync(process.execPath).subarray(0, 4_096);
  const changed = Buffer.from(own);
  changed.set(bytes, place);
  return changed;
}

const otherMachine = process.arch === 'x64' ? [183, 0] : [62, 0];

describe('a file that the system cannot run', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['is empty', '', /is empty; write the script into it/],
    [
      'is a program for another machine',
      program(18, otherMachine),
      /is a program for another machine \(.+\); build it/,
    ],
    ['is an object file', program(16, [1, 0]), /is a part of a program/],
    ['is a program that is cut off', program(18, []).subarray(0, 20), /is a program that is cut off/],
    ['is random bytes', Buffer.from('9f00d3b1ff0a00e2', 'hex'), /is no program and no script, but other data/],
    ['is text without #!', 'echo hello\n', /has no #! line; begin it with one like #!\/bin\/sh/],
    ['begins with a byte order mark', '\ufeff#!/bin/sh\n', /begins with a byte order mark/],
    ['is UTF-16', Buffer.from('\ufeff#!/bin/sh\n', 'utf16le'), /begins with a byte order mark/],
    ['has CRLF line breaks', '#!/bin/sh\r\necho\r\n', /has CRLF line breaks/],
    ['has CRLF after an argument', '#!/usr/bin/env sh\r\n', /has CRLF line breaks/],
    ['has an over-long first line', `#!/bin/sh ${'x'.repeat(300)}\n`, /has a first line of more than 255 bytes/],
    ['names no interpreter', '#!\necho\n', /names no interpreter/],
    ['names an interpreter without a folder', '#!sh\n', /without a folder; write #!\/usr\/bin\/env sh/],
    [
      'names an interpreter that is missing',
      '#!/no/such/interpreter -x\n',
      /\/no\/such\/interpreter, which does not exist/,
    ],
    ['names a folder', '#!/usr/bin\n', /\/usr\/bin, which is not a file/],
    ['names a file that is not executable', '#!/etc/passwd\n', /\/etc\/passwd, which is not executable/],
    [
      'has env look for what is missing',
      '#!/usr/bin/env no-such-program\n',
      /no-such-program, which is in no folder of PATH/,
    ],
    [
      'has env -S look for what is missing',
      '#!/usr/bin/env -S no-such-program -u\n',
      /no-such-program, which is in no folder/,
    ],
    ['gives env two words', '#!/usr/bin/env sh -e\n', /gives env more than one word; write #!\/usr\/bin\/env -S sh -e/],
  ])('since it %s is not run, and the inventory says the same', async (name, content, message) => {
    const script = name.replaceAll(/[^a-z]/gi, '-');
    const file = path.join(folder.path, script);
    await writeFile(file, content);
    await chmod(file, 0o755);
    const { outcome } = await folder.run(runner, script, { mode: 'persistent' });
    expect(outcome).toMatchObject({
      kind: 'permanent',
      reason: 'script_not_runnable',
      message: expect.stringMatching(message),
    });
    const { scripts } = await listScripts([folder.path], searched);
    expect(scripts).toContainEqual({
      path: script,
      reason: 'script_not_runnable',
      message: (outcome as { message: string }).message,
    });
  });
});

describe('a file that the system can run', () => {
  it.each([
    ['sh', '#!/bin/sh\necho ran\n'],
    ['sh with spaces and an argument', '#! /bin/sh -e \necho ran\n'],
    ['env', '#!/usr/bin/env sh\necho ran\n'],
    ['env -S', '#!/usr/bin/env -S sh -e\necho ran\n'],
    ['no line break', '#!/bin/echo ran'],
  ])('is run: %s', async (name, content) => {
    const script = await folder.write(content, `runs ${name}`);
    const { outcome, response } = await folder.run(runner, script, { mode: 'persistent' });
    expect([outcome, response.script?.stdout ?? '']).toEqual([
      expect.objectContaining({ reason: 'bad_reply' }),
      expect.stringContaining('ran'),
    ]);
  });
});

describe('the working directory of a script', () => {
  it('is the folder that the script really lies in', async () => {
    expect((await folder.run(runner, 'pwd')).stdout).toBe(`${folder.path}\n`);
  });
});

describe('a persistent script that closes a pipe', () => {
  const answer = (then: string) => `#!/bin/sh
while read -r line; do
  id=$(echo "$line" | sed 's/.*"execution_id":"\\([^"]*\\)".*/\\1/')
  ${then}
done
exec sleep 600
`;

  it('of its output is ended at once, and the event with it', async () => {
    const name = await folder.write(answer('exec >&-; sleep 600'));
    const { outcome } = await folder.run(runner, name, { mode: 'persistent', timeoutMs: 60_000 });
    expect(outcome).toMatchObject({
      reason: 'bad_reply',
      message: 'the script was ended: it closed its standard output',
    });
  });

  it('of its input is ended at once, and the event with it', async () => {
    const name = await folder.write(answer('exec <&-; sleep 600'));
    const { outcome } = await folder.run(runner, name, { mode: 'persistent', timeoutMs: 60_000 });
    expect(outcome).toMatchObject({
      reason: 'bad_reply',
      message: 'the script was ended: it closed its standard input',
    });
  });

  it('of its input after its answer is ended at once, and the next event goes to another process', async () => {
    const told = path.join(folder.path, 'closed.pid');
    const name = await folder.write(
      answer(`echo $$ > '${told}'; echo "{\\"execution_id\\":\\"$id\\",\\"ok\\":true}"; exec <&-; sleep 600`),
    );
    const call = { mode: 'persistent', timeoutMs: 60_000 } as const;
    expect((await folder.run(runner, name, call)).outcome).toEqual({ kind: 'success' });
    const pid = Number(await readFile(told, 'utf8'));
    await eventually(() => !runs(pid) || undefined);
    expect((await folder.run(runner, name, call)).outcome).toEqual({ kind: 'success' });
  });
});
