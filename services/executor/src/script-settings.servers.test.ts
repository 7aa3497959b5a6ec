import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execaSync } from 'execa';
import type { ScriptTask } from '#contracts';
import type { ExecutorSettings } from '#settings';
import { eventually } from '../../../test/support/eventually.ts';
import { onlyWhere } from '../../../tools/test/only-where.ts';
import { Workbench } from './testing/workbench.ts';

const isRoot = process.getuid?.() === 0;
const works = (program: string, ...args: string[]): boolean =>
  execaSync(program, args, { reject: false }).exitCode === 0;
const canLimit = works('prlimit', '--nofile=99', 'true');
const canRefuse = works('setpriv', '--no-new-privs', 'true');

/** What the settings say of scripts, from the environment of the executor to the process of the script. */
describe('a script of an executor', () => {
  let bench: Workbench;
  let folder: string;

  beforeEach(async () => {
    bench = await Workbench.open();
    folder = await mkdtemp(join(tmpdir(), 'provisor-'));
    await chmod(folder, 0o755);
  });

  afterEach(async () => {
    await bench.close();
    await rm(folder, { recursive: true });
  });

  async function printed(script: string, settings: Partial<ExecutorSettings>): Promise<string> {
    await writeFile(join(folder, 'script.sh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const task: ScriptTask = { type: 'script', path: 'script.sh', args: [], mode: 'once' };
    await bench.addHandler({ name: 'script', event: 'clients.update', task });
    await bench.startExecutor({ ...settings, scriptsDirs: [folder] });
    const id = await (await bench.billing()).publish({ type: 'clients.update' });
    const [attempt] = await eventually(async () => {
      const attempts = await bench.attempts(id);
      return attempts.length > 0 ? attempts : undefined;
    });
    return (JSON.parse(attempt!.response) as { script: { stdout: string } }).script.stdout;
  }

  onlyWhere(
    it,
    isRoot,
    'root',
  )('runs as SCRIPT_USER', async () => {
    const scriptUser = { uid: 54_321, gid: 54_322, home: '/' };
    expect(await printed('id -u; id -G', { scriptUser })).toBe('54321\n54322\n');
  });

  onlyWhere(
    it,
    canLimit,
    'prlimit of util-linux',
  )('has the limits that are set', async () => {
    const scriptLimits = { ...bench.settings().scriptLimits, openFiles: 99 };
    expect(await printed('ulimit -n; ulimit -c', { scriptLimits })).toBe('99\n0\n');
  });

  onlyWhere(
    it,
    canRefuse,
    'setpriv of util-linux',
  )('gains no privileges unless that is allowed', async () => {
    expect(await printed('grep NoNewPrivs /proc/self/status', {})).toContain('1');
  });

  it('may gain privileges where that is allowed', async () => {
    const show = 'grep NoNewPrivs /proc/self/status';
    const inherited = execaSync('sh', ['-c', show], { stripFinalNewline: false }).stdout;
    expect(await printed(show, { scriptNewPrivileges: true })).toBe(inherited);
  });
});
