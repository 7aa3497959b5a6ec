import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../../test/support/eventually.ts';
import { callOf, never } from '../testing/calls.ts';
import type { FromHost, ToHost } from './host/messages.ts';
import { runs } from './testing/processes.ts';
import { ScriptFolder } from './testing/script-folder.ts';

let folder: ScriptFolder;

beforeAll(async () => {
  folder = await ScriptFolder.make();
});

afterAll(() => folder.remove());

/** A script that leaves a process behind, and says in a file which ones it is. */
const lingering = (file: string) => `#!/bin/sh
setsid sh -c 'echo $$ > "${file}.grandchild"; exec sleep 600' &
while [ ! -s "${file}.grandchild" ]; do sleep 0.02; done
echo "$$ $(cat "${file}.grandchild")" > "${file}.tmp"
mv "${file}.tmp" "${file}"
exec sleep 600
`;

const pidsIn = (file: string) =>
  eventually(async () => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text === '' ? undefined : text.trim().split(' ').map(Number);
  });

const untilNoneRuns = (pids: number[]) => eventually(() => (pids.some(runs) ? undefined : true));

describe('the script host', () => {
  it('is started when it is first needed, and one does for all', async () => {
    const runner = folder.runner();
    expect(runner.hostPid).toBeUndefined();
    const parents = await Promise.all([1, 2, 3].map(() => folder.run(runner, 'echo $PPID')));
    expect(new Set(parents.map(({ stdout }) => Number(stdout)))).toEqual(new Set([runner.hostPid]));
  });

  it('runs many scripts at a time, each with its own event and its own answer', async () => {
    const runner = folder.runner();
    const path = await folder.write('#!/bin/sh\ncat > /dev/null\necho "$PROVISOR_EXECUTION_ID"\n');
    const ids = Array.from({ length: 50 }, (_, i) => `execution ${i}`);
    const results = await Promise.all(
      ids.map((executionId) =>
        runner.run(callOf({ type: 'script', path, args: [], mode: 'once' }, { executionId }), never),
      ),
    );
    expect(results.map(({ response }) => response.script?.stdout.trim())).toEqual(ids);
  });

  it('that dies takes its scripts with it, whose attempts do not count, and the next call has a new one', async () => {
    const warnings: string[] = [];
    const runner = folder.runner({ warn: (message) => warnings.push(message) });
    const file = path.join(folder.path, 'host-dies');
    const name = await folder.write(lingering(file));
    const running = runner.run(
      callOf({ type: 'script', path: name, args: [], mode: 'once' }, { timeoutMs: 60_000 }),
      never,
    );
    const pids = await pidsIn(file);
    process.kill(runner.hostPid!, 'SIGKILL');
    expect((await running).outcome).toMatchObject({ kind: 'retryable', reason: 'script_host_lost' });
    await untilNoneRuns(pids);
    expect(warnings).toContain('the script host died; what it ran is ended, and made again');
    expect((await folder.run(runner, 'echo again')).stdout).toBe('again\n');
  });

  it('dies with the executor, also when that is killed, and takes its scripts with it', async () => {
    const file = path.join(folder.path, 'executor-dies');
    const name = await folder.write(lingering(file));
    const executor = fork(fileURLToPath(new URL('./testing/lone-executor.ts', import.meta.url)), [folder.path, name], {
      execArgv: ['--conditions=provisor-source'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const pids = await pidsIn(file);
    executor.send('who is your host?');
    const [{ hostPid }] = (await once(executor, 'message')) as [{ hostPid: number }];
    expect([hostPid, ...pids].map(runs)).toEqual([true, true, true]);
    executor.kill('SIGKILL');
    await untilNoneRuns([hostPid, ...pids]);
  });

  it('ends what runs when the executor stops, and does not outlive it', async () => {
    const runner = folder.runner();
    const file = path.join(folder.path, 'executor-stops');
    const name = await folder.write(lingering(file));
    const running = runner.run(
      callOf({ type: 'script', path: name, args: [], mode: 'once' }, { timeoutMs: 60_000 }),
      never,
    );
    const pids = [...(await pidsIn(file)), runner.hostPid!];
    await runner.close();
    expect((await running).outcome.kind).toBe('retryable');
    await untilNoneRuns(pids);
  });

  it('is not ended by a signal that is meant for the executor', async () => {
    const runner = folder.runner();
    await folder.run(runner, 'exit 0');
    const { hostPid } = runner;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(hostPid!, signal);
    expect((await folder.run(runner, 'echo $PPID')).stdout).toBe(`${String(hostPid)}\n`);
  });

  it('stays below 60 MB', async () => {
    // As it is built, since taking the types off its sources takes memory of its own.
    const built = path.resolve('dist/services/executor/src/runners/script/host/main.js');
    const host = fork(built, [], {
      execArgv: ['--max-semi-space-size=1', '--single-threaded', '--lite-mode'],
      env: { PATH: process.env['PATH'] },
      serialization: 'advanced',
    });
    const say = (message: ToHost) => void host.send(message);
    const limits = {
      cpuSeconds: undefined,
      memory: undefined,
      openFiles: undefined,
      processes: undefined,
      fileSize: undefined,
    };
    const resident = { eventsPerProcess: 1, idleMs: 1, firstRestartMs: 1, lastRestartMs: 1 };
    say({ type: 'configure', account: undefined, limits, keptBytes: 65_536, resident });
    const body = Buffer.alloc(10_000, 'x');
    const program = { file: '/bin/cat', args: [], env: { PATH: '/bin' }, body };
    let open = 0;
    let highest = 0;
    for (let id = 1; id <= 300; id++) {
      say({ type: 'once', id, mark: { limit: 2 ** 52 + id, variable: '' }, ...program });
      open++;
      while (open >= 4) {
        const [message] = (await once(host, 'message')) as [FromHost];
        if (message.type === 'ended') open--;
      }
      highest = Math.max(highest, rssOf(host.pid!));
    }
    host.disconnect();
    await once(host, 'exit');
    expect(highest).toBeLessThan(60);
  });
});

/** Megabytes. */
function rssOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000;
}

describe('files that the executor was given open', () => {
  it('are closed to scripts', () => {
    const main = fileURLToPath(new URL('./host/inherited-files.ts', import.meta.url));
    const code = `import { closeInheritedFiles } from ${JSON.stringify(main)};
      import { spawnSync } from 'node:child_process';
      closeInheritedFiles();
      console.log(spawnSync('ls', ['/proc/self/fd'], { encoding: 'utf8' }).stdout);`;
    const shell = 'exec 9< /etc/passwd 7< /etc/passwd; exec "$0" --input-type=module -e "$1"';
    const { stdout } = spawnSync(
      'bash',
      ['-c', `ulimit -n 1000; exec 200< /etc/passwd; ${shell}`, process.execPath, code],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout.trim().split('\n')).toEqual(['0', '1', '2', '3']);
  });
});
