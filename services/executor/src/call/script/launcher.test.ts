import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../../test/support/eventually.ts';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';
import { isCounted } from '../../execute/judgement.ts';
import { callOf, never } from '../testing/calls.ts';
import { findStarter } from './host/starter.ts';
import { runs } from './testing/processes.ts';
import { ScriptFolder } from './testing/script-folder.ts';

const withPerl = onlyWhere(it, findStarter([]).kind === 'perl', 'perl');

let folder: ScriptFolder;

beforeAll(async () => {
  folder = await ScriptFolder.make();
});

afterAll(() => folder.remove());

/** Starts a script that does not end; says the processes of its launcher, of itself, and of one that left its group. */
async function hanging(timeoutMs: number) {
  const runner = folder.runner();
  const name = await folder.write(`#!/bin/sh
setsid sh -c 'echo $$ > "$0.left"; exec sleep 600' "$0" > /dev/null 2>&1 &
while [ ! -s "$0.left" ]; do sleep 0.02; done
echo "$PPID $$ $(cat "$0.left")" > "$0.tmp"
mv "$0.tmp" "$0.pids"
exec sleep 600
`);
  const running = runner.run(callOf({ type: 'script', path: name, args: [], mode: 'once' }, { timeoutMs }), never);
  const pids = await eventually(async () => {
    const text = await readFile(path.join(folder.path, `${name}.pids`), 'utf8').catch(() => '');
    return text === '' ? undefined : text.trim().split(' ').map(Number);
  });
  return { runner, running, pids, launcher: pids[0]! };
}

describe('the process that starts one script after the other', () => {
  withPerl('hands nothing of one event on to the next', async () => {
    const runner = folder.runner();
    const tell = 'echo "$PPID $PROVISOR_EXECUTION_ID $(cat) $*"; echo "to $PROVISOR_EXECUTION_ID" >&2';
    const first = await folder.run(runner, tell, { executionId: 'one', body: '{"number":1}', args: ['a', 'b c'] });
    const second = await folder.run(runner, tell, { executionId: 'two', body: '{"number":2}' });
    const launcher = first.stdout.split(' ')[0]!;
    expect([first.stdout, first.stderr]).toEqual([`${launcher} one {"number":1} a b c\n`, 'to one\n']);
    expect([second.stdout, second.stderr]).toEqual([`${launcher} two {"number":2} \n`, 'to two\n']);
  });

  withPerl('takes an event that is larger than a pipe, whether the script reads it or not', async () => {
    const runner = folder.runner();
    const body = JSON.stringify('é'.repeat(300_000));
    const read = await folder.run(runner, 'wc -c; echo done >&2', { body });
    expect([read.outcome.kind, read.stdout.trim()]).toEqual(['success', String(Buffer.byteLength(body))]);
    expect((await folder.run(runner, 'exec 0<&-; sleep 0.1', { body })).outcome).toEqual({ kind: 'success' });
    expect((await folder.run(runner, 'exit 0', { body })).outcome).toEqual({ kind: 'success' });
  });

  withPerl('takes its script with it when it dies, whose attempt does not count', async () => {
    const { runner, running, pids, launcher } = await hanging(60_000);
    process.kill(launcher, 'SIGKILL');
    const { outcome } = await running;
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'script_host_lost' });
    expect(isCounted(outcome)).toBe(false);
    expect(pids.map(runs)).toEqual([false, false, false]);
    expect((await folder.run(runner, 'echo again')).stdout).toBe('again\n');
  });

  withPerl('is ended with its script when it stands still and the time of the call is up', async () => {
    const { runner, running, pids, launcher } = await hanging(4_000);
    process.kill(launcher, 'SIGSTOP');
    expect((await running).outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    expect(pids.map(runs)).toEqual([false, false, false]);
    expect((await folder.run(runner, 'echo again')).stdout).toBe('again\n');
  });
});
