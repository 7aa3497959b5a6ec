import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxKeptResponseBytes, type ScriptTask } from '#contracts';
import { eventually } from '../../../../../test/support/eventually.ts';
import { isCounted } from '../../execute/judgement.ts';
import { callOf, never } from '../testing/calls.ts';
import { describeRunner } from '../testing/runner-suite.ts';
import { ScriptRunner } from './script-runner.ts';

let root: string;
let folder: string;
let runner: ScriptRunner;

const taskOf = (file: string, args: string[] = []): ScriptTask => ({ type: 'script', path: file, args, mode: 'once' });

/** Writes a script below the allowed folder and names it. */
async function script(name: string, text: string, mode = 0o755): Promise<string> {
  await writeFile(path.join(folder, name), text, { mode });
  await chmod(path.join(folder, name), mode);
  return name;
}

async function runScript(text: string, overrides: Parameters<typeof callOf>[1] & { args?: string[] } = {}) {
  const { args, ...call } = overrides;
  const name = await script('inline.sh', `#!/bin/sh\n${text}\n`);
  return runner.run(callOf(taskOf(name, args), call as object), never);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'provisor scripts '));
  folder = path.join(root, 'allowed');
  await mkdir(path.join(folder, 'deep', 'down'), { recursive: true });
  runner = new ScriptRunner({
    folders: [path.join(root, 'not-there'), folder],
    environment: { PATH: process.env['PATH']!, LANG: 'C.UTF-8', TZ: 'UTC', HOME: root },
  });
  await script('obliging.sh', `#!/bin/sh\ncat >> "${root}/received"\necho >> "${root}/received"\n`);
  await script('failing.sh', '#!/bin/sh\nexit 1\n');
  await script('hanging.sh', '#!/bin/sh\nsleep 600\n');
});

afterAll(async () => {
  await runner.close();
  await rm(root, { recursive: true });
});

describeRunner('the script runner', () => ({
  runner,
  obliging: taskOf('obliging.sh'),
  failing: taskOf('failing.sh'),
  hanging: taskOf('hanging.sh'),
  received: async () => (await readFile(`${root}/received`, 'utf8').catch(() => '')).split('\n').slice(0, -1),
}));

describe('what a script gets', () => {
  it('its arguments, through no shell', async () => {
    const args = ['a b', '$(id)', "'; rm -rf /", '*', ''];
    const { response } = await runScript('for a in "$@"; do printf "[%s]" "$a"; done', { args });
    expect(response.script?.stdout).toBe("[a b][$(id)]['; rm -rf /][*][]");
  });

  it('an environment with nothing of the executor', async () => {
    process.env['EXECUTOR_SECRET'] = 'do not tell';
    const { response } = await runScript('env | sort | grep -v "^\\(PWD\\|SHLVL\\|_\\|OLDPWD\\)="');
    const names = response.script?.stdout
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names).toEqual(
      ['HOME', 'LANG', 'PATH', 'TRACEPARENT', 'TZ']
        .concat(
          ['ATTEMPT', 'EVENT_ID', 'EVENT_TYPE', 'EXECUTION_ID', 'HANDLER_ID', 'OBJECT_ID'].map(
            (name) => `PROVISOR_${name}`,
          ),
        )
        .sort(),
    );
  });

  it('the call in its environment', async () => {
    const { response } = await runScript(
      'echo "$PROVISOR_EVENT_ID $PROVISOR_EVENT_TYPE $PROVISOR_OBJECT_ID $PROVISOR_ATTEMPT"',
      {
        attempt: 2,
      },
    );
    expect(response.script?.stdout).toBe('e-1 clients.update 12 2\n');
  });

  it('an event that it need not read', async () => {
    const { outcome } = await runScript('exit 0', {});
    expect(outcome.kind).toBe('success');
  });
});

describe('what the end of a script means', () => {
  it.each([
    [0, 'success'],
    ...[1, 2, 63, 75, 79, 126, 255].map((code): [number, string] => [code, 'retryable']),
    ...[64, 65, 70, 74, 76, 78].map((code): [number, string] => [code, 'permanent']),
  ])('exit %d is %s', async (code, kind) => {
    const { outcome, response } = await runScript(`exit ${String(code)}`);
    expect(outcome.kind).toBe(kind);
    expect(response.script?.exitCode).toBe(code);
  });

  it('a signal is retryable', async () => {
    const { outcome, response } = await runScript('kill -9 $$');
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'signal' });
    expect(response.script).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });
});

describe('what is kept of the output', () => {
  it('the first 64 KiB of stdout and of stderr', async () => {
    const { outcome, response } = await runScript('yes out | head -c 5000000; yes err | head -c 5000000 >&2');
    expect(outcome.kind).toBe('success');
    expect(response.script?.stdout).toBe('out\n'.repeat(maxKeptResponseBytes / 4));
    expect(response.script?.stderr).toBe('err\n'.repeat(maxKeptResponseBytes / 4));
    expect(response.script?.truncated).toBe(true);
  });
});

describe('a script whose time is up', () => {
  it('is ended with its whole process group, also when it ignores TERM', async () => {
    const { outcome, response } = await runScript('trap "" TERM; sleep 600 & echo "$$ $!"; wait; wait', {
      timeoutMs: 3_000,
    });
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    const pids = response.script!.stdout.trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await eventually(() => (pids.some(isAlive) ? undefined : true));
  });
});

describe('what a script leaves behind', () => {
  it('in its group is ended with it', async () => {
    const { outcome, response } = await runScript('sleep 600 & echo $!');
    expect(outcome.kind).toBe('success');
    await eventually(() => (isAlive(Number(response.script!.stdout)) ? undefined : true));
  });
});

describe('a script that may not be run', () => {
  const refused = async (file: string) => (await runner.run(callOf(taskOf(file)), never)).outcome;

  it('outside the allowed folders', async () => {
    await writeFile(path.join(root, 'outside.sh'), '#!/bin/sh\n', { mode: 0o755 });
    for (const file of [
      '../outside.sh',
      path.join(root, 'outside.sh'),
      '/bin/true',
      'deep/../../outside.sh',
      '..',
      '.',
    ]) {
      expect(await refused(file)).toMatchObject({ kind: 'permanent', reason: 'script_outside' });
    }
  });

  it('missing', async () => {
    expect(await refused('nobody.sh')).toMatchObject({ kind: 'permanent', reason: 'script_missing' });
    expect(await refused('obliging.sh/below')).toMatchObject({ kind: 'permanent', reason: 'script_missing' });
    expect(await refused('x'.repeat(1_000))).toMatchObject({ kind: 'permanent', reason: 'script_missing' });
  });

  it('not executable', async () => {
    const name = await script('plain.txt', '#!/bin/sh\n', 0o644);
    expect(await refused(name)).toMatchObject({ kind: 'permanent', reason: 'script_not_executable' });
  });

  it('a folder', async () => {
    expect(await refused('deep/down')).toMatchObject({ kind: 'permanent', reason: 'script_not_file' });
  });

  it('a symbolic link out of the allowed folders, of the file or of a folder above it', async () => {
    await writeFile(path.join(root, 'secret.sh'), '#!/bin/sh\n', { mode: 0o755 });
    await symlink(path.join(root, 'secret.sh'), path.join(folder, 'link.sh'));
    await symlink(root, path.join(folder, 'link'));
    for (const file of ['link.sh', 'link/secret.sh']) {
      expect(await refused(file)).toMatchObject({ kind: 'permanent', reason: 'script_symlink_outside' });
    }
  });

  it('without a known interpreter', async () => {
    const none = await script('none.sh', '#!/no/such/interpreter\n');
    expect(await refused(none)).toMatchObject({ kind: 'permanent', reason: 'script_not_runnable' });
  });

  it('from the moment on in which it may not be run any more, however lately it was', async () => {
    const name = await script('lately.sh', '#!/bin/sh\n');
    await symlink(path.join(folder, name), path.join(folder, 'lately-link.sh'));
    for (const file of [name, 'lately-link.sh']) expect(await refused(file)).toEqual({ kind: 'success' });
    await chmod(path.join(folder, name), 0o644);
    for (const file of [name, 'lately-link.sh']) {
      expect(await refused(file)).toMatchObject({ reason: 'script_not_executable' });
    }
    await chmod(path.join(folder, name), 0o755);
    for (const file of [name, 'lately-link.sh']) expect(await refused(file)).toEqual({ kind: 'success' });
    await writeFile(path.join(root, 'elsewhere.sh'), '#!/bin/sh\n', { mode: 0o755 });
    await rm(path.join(folder, 'lately-link.sh'));
    await symlink(path.join(root, 'elsewhere.sh'), path.join(folder, 'lately-link.sh'));
    expect(await refused('lately-link.sh')).toMatchObject({ reason: 'script_symlink_outside' });
    await rm(path.join(folder, name));
    expect(await refused(name)).toMatchObject({ reason: 'script_missing' });
  });

  it('but a symbolic link that stays inside is fine', async () => {
    await symlink(path.join(folder, 'obliging.sh'), path.join(folder, 'alias.sh'));
    expect(await refused('alias.sh')).toEqual({ kind: 'success' });
    expect(await refused(path.join(folder, 'obliging.sh'))).toEqual({ kind: 'success' });
  });
});

describe('a script whose call is lost before its host is told', () => {
  it.each(['once', 'persistent'] as const)('is not started, and no attempt is used up (%s)', async (mode) => {
    const started = path.join(root, `lost ${mode}`);
    const name = `lost-${mode}.sh`;
    await script(name, `#!/bin/sh\necho > "${started}"\n`);
    const task: ScriptTask = { type: 'script', path: name, args: [], mode };
    const { outcome } = await runner.run(callOf(task), never, () => {
      throw new Error('the process stood still');
    });
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'aborted' });
    expect(isCounted(outcome)).toBe(false);
    // Messages to the host keep their order.
    const next = callOf({ ...task, path: 'obliging.sh', mode: 'once' });
    expect((await runner.run(next, never)).outcome).toEqual({ kind: 'success' });
    expect(existsSync(started)).toBe(false);
  });
});
