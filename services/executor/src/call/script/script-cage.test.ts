import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { maxKeptResponseBytes } from '#contracts';
import { findStarter } from './host/starter.ts';
import type { ScriptRunner } from './script-runner.ts';
import { processesOf, runs } from './testing/processes.ts';
import { ScriptFolder } from './testing/script-folder.ts';
import { eventually } from '../../../../../test/support/eventually.ts';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';

/** Owned by no other user, so that these tests can run it. */
const account = { uid: 54_321, gid: 54_322 };
const unlimited = {
  cpuSeconds: undefined,
  memory: undefined,
  openFiles: undefined,
  processes: undefined,
  fileSize: undefined,
};
const isRoot = process.geteuid!() === 0;
const hasPrlimit = execaSync('prlimit', ['--rttime=1125899906842624', 'true'], { reject: false }).exitCode === 0;
const starter = findStarter([]);
const withFilter = onlyWhere(it, starter.marksHold, 'perl and filters of system calls');
/** The version of Landlock here, which is asked for as the starter does. */
const landlock = Number(execaSync('perl', ['-e', 'print syscall(444, 0, 0, 1)'], { reject: false }).stdout);
const withFence = onlyWhere(it, landlock >= 2, 'Landlock of version 2 or newer');
const withSignalFence = onlyWhere(it, landlock >= 6, 'Landlock of version 6 or newer');
const asRoot = onlyWhere(it, isRoot, 'root');
const withPrlimit = onlyWhere(it, hasPrlimit, 'prlimit of util-linux');
const asRootWithPrlimit = onlyWhere(it, isRoot && hasPrlimit, 'root and prlimit of util-linux');

let folder: ScriptFolder;
let runner: ScriptRunner;

beforeAll(async () => {
  folder = await ScriptFolder.make();
  runner = folder.runner();
});

afterAll(() => folder.remove());

describe('a script that leaves its process group', () => {
  // A shell in a session of its own, which has told its id before the script goes on.
  const escape = (how: string, then: string) => `
    mkfifo "$0.pipe"
    ${how} sh -c 'echo $$ > "$1"; exec sleep 600' sh "$0.pipe" > /dev/null 2>&1 < /dev/null &
    cat "$0.pipe"
    ${then}`;

  it('is ended with what it started in a session of its own', async () => {
    const { outcome, stdout } = await folder.run(runner, escape('setsid', 'exit 0'));
    expect(outcome).toEqual({ kind: 'success' });
    expect(runs(Number(stdout))).toBe(false);
  });

  it('is ended with that also when its time is up', async () => {
    const { outcome, stdout } = await folder.run(runner, escape('setsid', 'sleep 600'), { timeoutMs: 3_000 });
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    expect(runs(Number(stdout))).toBe(false);
  });

  it('is ended with a daemon that has lost its parent and its pipes', async () => {
    const { stdout } = await folder.run(runner, escape('setsid nohup setsid -f', 'exit 0'));
    expect(runs(Number(stdout))).toBe(false);
  });

  withPrlimit('is ended with what has thrown its environment away as well', async () => {
    const { stdout } = await folder.run(runner, escape('env -i setsid -f', 'exit 0'));
    expect(runs(Number(stdout))).toBe(false);
  });

  withFilter('is ended with what has tried to change the mark that it is known by', async () => {
    const lower = 'prlimit --pid $$ --rttime=1000000; prlimit --pid $$ --rttime=unlimited; ulimit -R 5';
    const change = `env -i bash -c '${lower}; exec setsid -f "$@"' bash`;
    const { stdout, stderr } = await folder.run(runner, escape(change, 'exit 0').replace('2>&1', '2>&2'));
    expect(stderr.match(/not permitted/g)).toHaveLength(3);
    expect(runs(Number(stdout))).toBe(false);
  });

  it('takes nothing else along', async () => {
    const stop = new AbortController();
    const told = path.join(folder.path, 'another.pid');
    const call = { executionId: 'another', timeoutMs: 20_000, signal: stop.signal };
    const other = folder.run(runner, `echo $$ > '${told}.new'; mv '${told}.new' '${told}'; exec sleep 600`, call);
    const pid = await eventually(() => (existsSync(told) ? Number(readFileSync(told, 'utf8')) : undefined));
    await folder.run(runner, escape('setsid', 'exit 0'));
    expect(runs(pid)).toBe(true);
    stop.abort();
    await other;
  });
});

describe('a script that looks at what it has not started', () => {
  withFence(
    'reads nothing of its executor, its host, its launcher and another script, though they are of the same user',
    async () => {
      const name = await folder.write(`#!/bin/sh
      host=$(sed -n 's/^PPid:\\t//p' /proc/$PPID/status)
      executor=$(sed -n 's/^PPid:\\t//p' /proc/$host/status)
      for pid in $executor $host $PPID; do
        for file in environ maps auxv mem fd/0 cwd/. root/.; do
          ls /proc/$pid/$file > /dev/null 2>&1 && head -c 1 /proc/$pid/$file && echo "$pid $file" >> "$0.read"
        done
        echo "$pid" >> "$0.looked-at"
      done`);
      const runsOneScript = fileURLToPath(new URL('./testing/lone-executor.ts', import.meta.url));
      const node = [process.execPath, ...process.execArgv, runsOneScript, folder.path, name];
      // Root may look anywhere; without its capabilities it is a user like any other.
      const [file, ...args] = isRoot ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--', ...node] : node;
      await execa(file!, args);
      const lookedAt = await readFile(path.join(folder.path, `${name}.looked-at`), 'utf8');
      expect(lookedAt).toMatch(/^\d+\n\d+\n\d+\n$/);
      expect(existsSync(path.join(folder.path, `${name}.read`))).toBe(false);
    },
  );

  withSignalFence('can send it no signal', async () => {
    const stop = new AbortController();
    const told = path.join(folder.path, 'signalled.pid');
    const call = { executionId: 'signalled', timeoutMs: 20_000, signal: stop.signal };
    const other = folder.run(runner, `echo $$ > '${told}.new'; mv '${told}.new' '${told}'; exec sleep 600`, call);
    const pid = await eventually(() => (existsSync(told) ? Number(readFileSync(told, 'utf8')) : undefined));
    const { stderr } = await folder.run(runner, `kill -0 ${process.pid} ${runner.hostPid!} $PPID ${pid}`);
    expect(stderr.match(/not permitted/gi)).toHaveLength(4);
    stop.abort();
    await other;
  });

  it('sees what it has started, and moves and links files between folders as ever', async () => {
    const { outcome, stdout } = await folder.run(
      runner,
      `set -e
      sleep 600 & grep -qz PROVISOR_EXECUTION_ID /proc/$!/environ; kill $!
      mkdir -p one two; echo moved > one/file; mv one/file two/file; ln two/file one/linked; cat one/linked`,
    );
    expect([outcome.kind, stdout]).toEqual(['success', 'moved\n']);
  });
});

describe('a script that means harm', () => {
  asRootWithPrlimit('by forking without end is held to its processes, and all of them are ended', async () => {
    const bounded = folder.runner({ account, limits: { ...unlimited, processes: 50 } });
    const bomb = 'bomb() { bomb | bomb & }; bomb; sleep 600';
    const { outcome } = await folder.run(bounded, bomb, { timeoutMs: 700 });
    expect(outcome.kind).toBe('retryable');
    expect(processesOf(account.uid)).toEqual([]);
  });

  asRootWithPrlimit('by forking into sessions of their own is ended all the same', async () => {
    const bounded = folder.runner({ account, limits: { ...unlimited, processes: 50 } });
    const bomb = 'while :; do setsid -f sleep 600 2> /dev/null; done';
    const { outcome } = await folder.run(bounded, bomb, { timeoutMs: 700 });
    // The shell gives up when it cannot fork, or its time is up first.
    expect(outcome.kind).toBe('retryable');
    expect(processesOf(account.uid)).toEqual([]);
  });

  withPrlimit('by filling the disk is stopped at the limit of a file', async () => {
    const bounded = folder.runner({ limits: { ...unlimited, fileSize: 1024 * 1024 } });
    const file = path.join(folder.path, 'full');
    const { outcome } = await folder.run(bounded, `exec head -c 50000000 /dev/zero > "${file}"`);
    expect(outcome.kind).toBe('retryable');
    expect(statSync(file).size).toBe(1024 * 1024);
  });

  withPrlimit('by using the processor without end is stopped', async () => {
    const bounded = folder.runner({ limits: { ...unlimited, cpuSeconds: 1 } });
    const { outcome, response } = await folder.run(bounded, 'while :; do :; done', { timeoutMs: 20_000 });
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'signal' });
    expect(response.script?.signal).toMatch(/SIGXCPU|SIGKILL/);
  });

  withPrlimit('by taking memory does not get it', async () => {
    const bounded = folder.runner({ limits: { ...unlimited, memory: 64 * 1024 * 1024 } });
    const { outcome } = await folder.run(bounded, 'exec dd if=/dev/zero of=/dev/null bs=200M count=1');
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'exit_code' });
  });

  it('by printing without end costs no memory', async () => {
    const before = process.memoryUsage.rss();
    const { outcome, stdout, stderr } = await folder.run(runner, 'yes >&2 & yes', { timeoutMs: 1_000 });
    expect(outcome).toMatchObject({ reason: 'timeout' });
    expect([stdout.length, stderr.length]).toEqual([maxKeptResponseBytes, maxKeptResponseBytes]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('by ignoring every signal that it can is ended', async () => {
    const { outcome, stdout } = await folder.run(
      runner,
      `trap '' TERM INT HUP QUIT; echo $$; while :; do sleep 1; done`,
      {
        timeoutMs: 3_000,
      },
    );
    expect(outcome).toMatchObject({ reason: 'timeout' });
    expect(runs(Number(stdout))).toBe(false);
  });
});

describe('what a script can see', () => {
  it('is no file but its own standard ones', async () => {
    const { stdout } = await folder.run(runner, 'ls /proc/self/fd | sort -n | tr "\\n" " "');
    // The fourth is that of the folder, which ls reads.
    expect(stdout).toBe('0 1 2 3 ');
  });

  it('is nothing of the executor in the environment of what started it', async () => {
    process.env['EXECUTOR_SECRET'] = 'do not tell';
    const { stdout } = await folder.run(runner, 'tr "\\0" "\\n" < /proc/$PPID/environ');
    expect(stdout).toContain('PATH=');
    expect(stdout).not.toContain('do not tell');
  });

  asRoot('is not the environment, the memory or the files of the executor, as a user of its own', async () => {
    const other = folder.runner({ account });
    const { pid } = process;
    const look = `cat /proc/${pid}/environ; ls /proc/${pid}/fd; cat /proc/${pid}/maps; kill -9 ${pid}; exit 0`;
    const { outcome, stdout, stderr } = await folder.run(other, look);
    expect(outcome).toEqual({ kind: 'success' });
    expect(stdout).toBe('');
    expect(stderr.match(/denied|permitted/gi)?.length).toBeGreaterThanOrEqual(4);
  });
});

describe('who a script runs as', () => {
  asRoot('is the user and the group that were set, and no other group', async () => {
    const { stdout } = await folder.run(folder.runner({ account }), 'id -u; id -g; id -G');
    expect(stdout).toBe('54321\n54322\n54322\n');
  });

  it('gains no privileges by what it starts, unless that is allowed', async () => {
    const show = 'grep NoNewPrivs /proc/self/status';
    const refuses = execaSync('setpriv', ['--no-new-privs', 'true'], { reject: false }).exitCode === 0;
    expect((await folder.run(runner, show)).stdout).toContain(refuses ? '1' : '0');
    expect((await folder.run(folder.runner({ newPrivileges: true }), show)).stdout).toContain('0');
  });

  asRoot('may not be able to run a script, which is said', async () => {
    const other = folder.runner({ account });
    const name = await folder.write('#!/no/such/interpreter\n');
    const { outcome } = await folder.run(other, name, { mode: 'persistent' });
    expect(outcome).toMatchObject({ kind: 'permanent', reason: 'script_not_runnable' });
  });
});

describe('limits', () => {
  withPrlimit('are those that were set', async () => {
    const limits = {
      cpuSeconds: 77,
      memory: 512 * 1024 * 1024,
      openFiles: 99,
      processes: 5_000,
      fileSize: 1024 * 1024,
    };
    const { stdout } = await folder.run(folder.runner({ limits }), 'cat /proc/self/limits');
    for (const line of [
      /^Max cpu time +77 +77 /m,
      /^Max address space +536870912 /m,
      /^Max open files +99 +99 /m,
      /^Max processes +5000 /m,
      /^Max file size +1048576 /m,
      /^Max core file size +0 +0 /m,
    ]) {
      expect(stdout).toMatch(line);
    }
  });
});
