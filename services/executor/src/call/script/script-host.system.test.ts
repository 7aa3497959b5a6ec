import { on, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execaNode, execaSync } from 'execa';
import { eventually } from '../../../../../test/support/eventually.ts';
import { builtFile } from '../../../../../tools/test/built-file.ts';
import { callOf, never } from '../testing/calls.ts';
import { monotonicMs, type FromHost, type ToHost } from './host/messages.ts';
import type { ScriptRunner } from './script-runner.ts';
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

/** Prints which host has had a script started, by a launcher where there are any. */
const tellHost = `host=$PPID
[ "$(cat /proc/$PPID/comm)" != perl ] || host=$(sed -n 's/^PPid:\\t//p' /proc/$PPID/status)
echo $host`;

const pidsIn = (file: string) =>
  eventually(async () => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text === '' ? undefined : text.trim().split(' ').map(Number);
  });

const faultOf = (runner: ScriptRunner): string | undefined => {
  try {
    runner.assertUsable();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

const untilNoneRuns = (pids: number[]) => eventually(() => (pids.some(runs) ? undefined : true));

describe('the script host', () => {
  it('is started when it is first needed, and one does for all', async () => {
    const runner = folder.runner();
    expect(runner.hostPid).toBeUndefined();
    // One execution is not run twice at a time: what is left of one run would be looked for in the other.
    const ids = ['one', 'two', 'three'];
    const hosts = await Promise.all(ids.map((executionId) => folder.run(runner, tellHost, { executionId })));
    expect(new Set(hosts.map(({ stdout }) => Number(stdout)))).toEqual(new Set([runner.hostPid]));
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
    expect(warnings).toContain('script host died; its calls are aborted and retried');
    expect((await folder.run(runner, 'echo again')).stdout).toBe('again\n');
  });

  it('dies with the executor, also when that is killed, and takes its scripts with it', async () => {
    const file = path.join(folder.path, 'executor-dies');
    const name = await folder.write(lingering(file));
    const executor = execaNode(new URL('./testing/lone-executor.ts', import.meta.url), [folder.path, name], {
      nodeOptions: ['--conditions=provisor-source'],
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      reject: false,
    });
    const pids = await pidsIn(file);
    const [{ hostPid }] = (await Promise.all([
      executor.getOneMessage(),
      executor.sendMessage('who is your host?'),
    ])) as unknown as [{ hostPid: number }];
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

  it('that stands still is killed within seconds with all that it runs, said, and replaced', async () => {
    const warnings: string[] = [];
    const runner = folder.runner({ warn: (message) => warnings.push(message) });
    const file = path.join(folder.path, 'host-stands');
    const name = await folder.write(lingering(file));
    const call = callOf({ type: 'script', path: name, args: [], mode: 'once' }, { timeoutMs: 60_000 });
    const running = runner.run(call, never);
    const pids = await pidsIn(file);
    const stopped = runner.hostPid!;
    process.kill(stopped, 'SIGSTOP');
    const fault = await eventually(() => faultOf(runner));
    expect(fault).toMatch(/^the script host has not answered \d pings/);
    expect((await running).outcome).toMatchObject({ kind: 'retryable', reason: 'script_host_lost' });
    await untilNoneRuns([stopped, ...pids]);
    expect(warnings).toContain('script host stood still and was killed; its calls are aborted and retried');
    // It is replaced without a call that needs it.
    await eventually(() => (faultOf(runner) === undefined ? true : undefined));
    expect((await folder.run(runner, 'echo again')).stdout).toBe('again\n');
  });

  it('that stands still starts nothing later than the call lasts, and no attempt is used up', async () => {
    const runner = folder.runner();
    await folder.run(runner, 'exit 0');
    const { hostPid } = runner;
    process.kill(hostPid!, 'SIGSTOP');
    const file = path.join(folder.path, 'too-late');
    const { outcome } = await folder.run(runner, `echo > "${file}"`, { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'script_host_lost' });
    expect(runner.hostPid).not.toBe(hostPid);
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that goes on after a while starts nothing whose time is over', async () => {
    const runner = folder.runner();
    await folder.run(runner, 'exit 0');
    const { hostPid } = runner;
    process.kill(hostPid!, 'SIGSTOP');
    const files = ['once', 'persistent'].map((mode) => path.join(folder.path, `late-${mode}`));
    const once = folder.run(runner, `echo > "${files[0]!}"`, { timeoutMs: 200 });
    const stays = await folder.write(`#!/bin/sh\necho > "${files[1]!}"\n`);
    const persistent = folder.run(runner, stays, { timeoutMs: 200, mode: 'persistent' });
    await delay(400);
    process.kill(hostPid!, 'SIGCONT');
    for (const { outcome } of await Promise.all([once, persistent])) {
      expect(outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    }
    expect(runner.hostPid).toBe(hostPid);
    for (const file of files) await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is not ended by a signal that is meant for the executor', async () => {
    const runner = folder.runner();
    await folder.run(runner, 'exit 0');
    const { hostPid } = runner;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(hostPid!, signal);
    expect((await folder.run(runner, tellHost)).stdout).toBe(`${String(hostPid)}\n`);
  });

  it('stays below 80 MB', async () => {
    // As it is built, since taking the types off its sources takes memory of its own.
    const built = builtFile('services/executor/src/call/script/host/main.js');
    const { nodeChildProcess: host } = execaNode(built, [], {
      nodeOptions: ['--max-semi-space-size=1', '--single-threaded', '--no-incremental-marking', '--lite-mode'],
      env: { PATH: process.env['PATH']! },
      extendEnv: false,
      buffer: false,
    });
    const say = (message: ToHost) => void host.send(message);
    const limits = {
      cpuSeconds: undefined,
      memory: undefined,
      openFiles: undefined,
      processes: undefined,
      fileSize: undefined,
    };
    const persistent = { eventsPerProcess: 1, idleMs: 1, firstRestartMs: 1, lastRestartMs: 1 };
    say({ type: 'configure', account: undefined, limits, keptBytes: 65_536, persistent });
    const body = Buffer.alloc(10_000, 'x');
    const until = monotonicMs() + 600_000;
    const program = { file: '/bin/cat', args: [], cwd: '/', env: { PATH: '/bin' }, body, until };
    const messages = on(host, 'message');
    let open = 0;
    let highest = 0;
    for (let id = 1; id <= 300; id++) {
      say({ type: 'once', id, mark: { limit: 2 ** 52 + id, variable: '' }, ...program });
      open++;
      while (open >= 4) {
        const [message] = (await messages.next()).value as [FromHost];
        if (message.type === 'ended') open--;
      }
      highest = Math.max(highest, rssOf(host.pid!));
    }
    host.disconnect();
    await once(host, 'exit');
    expect(highest).toBeLessThan(80);
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
    const args = ['-c', `ulimit -n 1000; exec 200< /etc/passwd; ${shell}`, process.execPath, code];
    const { stdout } = execaSync('bash', args);
    expect(stdout.trim().split('\n')).toEqual(['0', '1', '2', '3']);
  });
});
