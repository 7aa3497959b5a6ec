import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';
import { processesOf } from './testing/processes.ts';
import { ScriptFolder } from './testing/script-folder.ts';

const executor = 54_320;
const scripts = 54_321;
const program = fileURLToPath(new URL('./testing/run-script.ts', import.meta.url));
const three = '-all,+setuid,+setgid,+kill';

/** The command that runs something as the user of the executor, with the capabilities that it needs for SCRIPT_USER. */
const asExecutor = (...command: string[]): [string, string[]] => [
  'setpriv',
  [
    `--reuid=${executor}`,
    `--regid=${executor}`,
    '--clear-groups',
    `--inh-caps=${three}`,
    `--ambient-caps=${three}`,
  ].concat('--', command),
];
const isPossible = execaSync(...asExecutor('cat', program), { reject: false }).exitCode === 0;

let folder: ScriptFolder;

beforeAll(async () => {
  folder = await ScriptFolder.make();
});

afterAll(() => folder.remove());

onlyWhere(
  describe,
  isPossible,
  'root, setpriv of util-linux, and a clone that other users can read',
)('an executor that is not root and has the capabilities SETUID, SETGID and KILL', () => {
  async function run(script: string): Promise<{ outcome: object; stdout: string; warnings: string[] }> {
    const path = await folder.write(`#!/bin/sh\n${script}\n`);
    const command = [process.execPath, '--conditions=provisor-source', program, folder.path, path, String(scripts)];
    const { stdout } = await execa(...asExecutor(...command));
    return JSON.parse(stdout) as { outcome: object; stdout: string; warnings: string[] };
  }

  it('runs scripts as SCRIPT_USER, and hands none of its capabilities on', async () => {
    const result = await run('id -u; id -G; grep -E "^Cap(Inh|Prm|Eff|Amb)|NoNewPrivs" /proc/self/status');
    const none = '0000000000000000';
    expect(result).toMatchObject({ outcome: { kind: 'success' }, warnings: [] });
    // Inheritable capabilities help only a file with capabilities, which no_new_privs excludes.
    expect(result.stdout.replace(/CapInh:.*\n/, '')).toBe(
      `${scripts}\n${scripts}\nCapPrm:\t${none}\nCapEff:\t${none}\nCapAmb:\t${none}\nNoNewPrivs:\t1\n`,
    );
  });

  it('can neither be read nor stopped by them', async () => {
    const { stdout } = await run(`
      cat /proc/$PPID/environ > /dev/null 2>&1 && echo read the environment
      head -c 1 /proc/$PPID/mem > /dev/null 2>&1 && echo read the memory
      kill -0 $PPID 2> /dev/null && echo could signal
      echo tried`);
    expect(stdout).toBe('tried\n');
  });

  it('ends what they leave behind', async () => {
    const { outcome } = await run('setsid -f sleep 600 > /dev/null 2>&1; env -i setsid -f sleep 600 > /dev/null 2>&1');
    expect(outcome).toMatchObject({ kind: 'success' });
    expect(processesOf(scripts)).toEqual([]);
  });
});
