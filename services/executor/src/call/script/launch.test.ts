import { once } from 'node:events';
import { chmod, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { launch, type LaunchOptions, type Program } from './host/launch.ts';

const env = { PATH: '/usr/bin:/bin', 'NAME WITH SPACES': 'a value\nof two lines' };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor launch '));
});

afterAll(() => rm(folder, { recursive: true }));

function started(file: string, args: readonly string[], options: LaunchOptions = { env }): Program {
  const launched = launch(file, args, options);
  if ('failed' in launched) throw new Error(`${file} did not start`);
  return launched.program;
}

async function codeOf(file: string, args: readonly string[] = []): Promise<string> {
  const launched = launch(file, args, { env });
  if ('program' in launched) throw new Error(`${file} started`);
  return launched.failed;
}

async function script(name: string, content: string, mode = 0o755): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

describe('a program that does not start is told by the code of the system', () => {
  it.each([
    ['ENOENT', 'a missing file', () => Promise.resolve(join(folder, 'missing'))],
    ['ENOENT', 'a missing interpreter', () => script('interpreter', '#!/no/such/interpreter\n')],
    ['EACCES', 'a file that is not executable', () => script('plain', '#!/bin/sh\n', 0o644)],
  ])('%s: %s', async (code, _name, file) => {
    expect(await codeOf(await file())).toBe(code);
  });

  it('E2BIG: arguments beyond what the system takes', async () => {
    expect(await codeOf('/bin/true', ['x'.repeat(4_000_000)])).toBe('E2BIG');
  });

  it('ETXTBSY: a file that is being written', async () => {
    const file = await script('written', '#!/bin/sh\n');
    const writer = await open(file, 'r+');
    expect(await codeOf(file)).toBe('ETXTBSY');
    await writer.close();
  });
});

describe('a program that starts', () => {
  it('has the environment that it is given, and nothing else', async () => {
    const program = started('/usr/bin/env', ['--null']);
    const lines = (await text(program.stdout)).split('\0').slice(0, -1);
    expect(Object.fromEntries(lines.map((line) => line.split('=')))).toEqual(env);
  });

  it('leads a process group of its own', async () => {
    const program = started('/bin/sh', ['-c', 'cut -d" " -f5 /proc/$$/stat']);
    expect(await text(program.stdout)).toBe(`${String(program.pid)}\n`);
  });

  it('has ended when it exits, though a process that it started holds its output open', async () => {
    const program = started('/bin/sh', ['-c', 'sleep 600 & echo $!']);
    const [[code], [output]] = (await Promise.all([
      once(program.nodeChildProcess, 'exit'),
      once(program.stdout, 'data'),
    ])) as [[number], [Buffer]];
    expect(code).toBe(0);
    expect(program.stdout.closed).toBe(false);
    process.kill(Number(output.toString()), 'SIGKILL');
    await once(program.nodeChildProcess, 'close');
  });

  it('is no failure when it fails: its exit code is left to the caller', async () => {
    const program = started('/bin/sh', ['-c', 'kill -9 $$']);
    expect(await program).toMatchObject({ failed: true, signal: 'SIGKILL' });
  });
});
