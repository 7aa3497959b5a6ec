import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { poll } from '../process/poll.ts';
import { startTimeOf } from '../process/identity.mjs';
import { Supervisor } from './supervisor.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'provisor supervisor '));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

const names = ['supervisor', 'polite', 'stubborn', 'helper'] as const;
type Pids = Record<(typeof names)[number], number>;

async function startParent() {
  const program = fileURLToPath(new URL('./testing/parent.ts', import.meta.url));
  const parent = execa(process.execPath, [program, dataDir], {
    stdin: 'ignore',
    stderr: 'inherit',
    buffer: false,
    reject: false,
  });
  const pids: Partial<Pids> = {};
  for await (const line of createInterface(parent.stdout)) {
    const [name, pid] = line.split(' ');
    pids[name as keyof Pids] = Number(pid);
    if (names.every((each) => pids[each])) break;
  }
  return { parent, pids: pids as Pids };
}

function goneWithin(timeoutMs: number, pids: number[]): Promise<true | undefined> {
  return poll(() => pids.every((pid) => startTimeOf(pid) === undefined) || undefined, { timeoutMs });
}

test('nothing outlives a parent that is killed: not the supervisor, not a process that ignores SIGTERM, not its helpers', async () => {
  const { parent, pids } = await startParent();
  parent.kill('SIGKILL');
  expect(await goneWithin(10_000, Object.values(pids))).toBe(true);
  expect(existsSync(join(dataDir, 'supervisor'))).toBe(false);
});

test('when the supervisor is killed, its client ends what it kept', async () => {
  const { parent, pids } = await startParent();
  process.kill(pids.supervisor, 'SIGKILL');
  expect(await goneWithin(10_000, Object.values(pids))).toBe(true);
  parent.kill('SIGKILL');
});

test('when both are killed, the next supervisor of the folder ends what they left', async () => {
  const { parent, pids } = await startParent();
  parent.kill('SIGSTOP'); // So that it cannot do the supervisor's work.
  process.kill(pids.supervisor, 'SIGKILL');
  parent.kill('SIGKILL');
  expect(await goneWithin(5_000, [pids.supervisor])).toBe(true);
  expect(startTimeOf(pids.polite)).toBeDefined();

  const supervisor = await Supervisor.open({ dataDir, log: () => {} });
  expect(await goneWithin(0, Object.values(pids))).toBe(true);
  await supervisor.close();
});

test('closing ends everything and is idempotent; a process cannot be started afterwards', async () => {
  const supervisor = await Supervisor.open({ dataDir, log: () => {} });
  const spec = { name: 'sleep', command: 'sleep', args: ['600'], env: {}, cwd: '/', graceMs: 5_000 };
  const kept = await supervisor.spawn({ ...spec, output: { file: join(dataDir, 'log') }, stopSignal: 'SIGTERM' });
  await Promise.all([supervisor.close(), supervisor.close()]);
  expect(await kept.exited).toEqual({ code: null, signal: 'SIGTERM' });
  await supervisor.close();
  await expect(supervisor.spawn({ ...spec, output: 'terminal', stopSignal: 'SIGTERM' })).rejects.toThrow('gone');
});
