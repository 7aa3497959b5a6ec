import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeBillingEvent, type ScriptTask } from '#contracts';
import { eventually } from '../../../../../test/support/eventually.ts';
import { callOf, never } from '../testing/calls.ts';
import { describeRunner } from '../testing/runner-suite.ts';
import type { ScriptRunner } from './script-runner.ts';
import { runs } from './testing/processes.ts';
import { ScriptFolder } from './testing/script-folder.ts';

let folder: ScriptFolder;
let runner: ScriptRunner;
const persistent = { eventsPerProcess: 5, idleMs: 60_000, firstRestartMs: 20, lastRestartMs: 200 };

/** A persistent script, and does with each line what a few lines of JavaScript say. */
function script(onLine: string): Promise<string> {
  return folder.write(`#!/usr/bin/env node
const { createInterface } = require('node:readline');
const { appendFileSync } = require('node:fs');
let count = 0;
const reply = (answer) => console.log(JSON.stringify(answer));
createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line);
  const { execution_id } = call;
  count++;
  ${onLine}
});
`);
}

const say = (name: string, overrides: Parameters<typeof callOf>[1] = {}, over = runner) =>
  folder.run(over, name, { mode: 'persistent', ...overrides });

/** Answers with the id of its process. */
const whoAmI = 'console.error(process.pid); reply({ execution_id, ok: true });';

beforeAll(async () => {
  folder = await ScriptFolder.make();
  runner = folder.runner({ persistent });
});

afterAll(() => folder.remove());

describe('the shared promises', () => {
  let obliging: ScriptTask;
  let failing: ScriptTask;
  let hanging: ScriptTask;
  let received: string;
  const task = (name: string): ScriptTask => ({ type: 'script', path: name, args: [], mode: 'persistent' });

  beforeAll(async () => {
    received = path.join(folder.path, 'received');
    const keep = `const { execution_id: _, attempt: __, ...event } = call;
      appendFileSync(${JSON.stringify(received)}, JSON.stringify(event) + '\\n'); reply({ execution_id, ok: true });`;
    obliging = task(await script(keep));
    failing = task(await script('reply({ execution_id, ok: false, error: "not today" });'));
    hanging = task(await script(''));
  });

  describeRunner('the script runner in persistent mode', () => ({
    runner,
    obliging,
    failing,
    hanging,
    received: async () => (await readFile(received, 'utf8').catch(() => '')).split('\n').slice(0, -1),
  }));
});

describe('the line that a persistent script gets', () => {
  it('is the text of the event in one line, with numbers as they were written, and says which execution it is', async () => {
    const text = `{
      "event": {"id": "e-9", "dt": "2026-03-01T09:15:00+00:00", "events_id": "clients.update", "object_id": 12},\r
      "data": {"account": 12345678901234567890, "balance": 1.10, "big": 9007199254740993, "words": "a\\nb\\u2028\u2028"},
      "execution_id": "forged"
    }
    `;
    const event = decodeBillingEvent(Buffer.from(text), { headers: {} });
    const name = await script('console.error(line); reply({ execution_id, ok: true });');
    const { outcome, stderr } = await say(name, { event, attempt: 3 });
    expect(outcome).toEqual({ kind: 'success' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    for (const part of [
      '"account": 12345678901234567890',
      '"balance": 1.10',
      '9007199254740993',
      '"a\\nb\\u2028\\u2028"',
    ]) {
      expect(stderr).toContain(part);
    }
    expect(JSON.parse(stderr)).toMatchObject({ execution_id: callOf({} as ScriptTask).executionId, attempt: 3 });
  });
});

describe('what a persistent script answers', () => {
  it.each([
    ['{ execution_id, ok: true }', { kind: 'success' }],
    [
      '{ execution_id, ok: false, retry: true, error: "later" }',
      { kind: 'retryable', reason: 'script_error', message: 'later' },
    ],
    [
      '{ execution_id, ok: false, retry: false, error: "no" }',
      { kind: 'permanent', reason: 'script_error', message: 'no' },
    ],
    ['{ execution_id, ok: false }', { kind: 'retryable', reason: 'script_error' }],
    ['{ execution_id: "another", ok: true }', { kind: 'retryable', reason: 'bad_reply' }],
    ['{ ok: true }', { kind: 'retryable', reason: 'bad_reply' }],
    ['{ execution_id, ok: "yes" }', { kind: 'retryable', reason: 'bad_reply' }],
    ['[]', { kind: 'retryable', reason: 'bad_reply' }],
  ])('%s', async (answer, expected) => {
    const { outcome, response } = await say(await script(`reply(${answer});`));
    expect(outcome).toMatchObject(expected);
    expect(response.script?.stdout).toContain('{' === answer[0] ? '{' : '[');
  });

  it.each([
    ['no JSON', 'console.log("done");'],
    ['a line without end', 'process.stdout.write("x".repeat(100_000));'],
    ['a second answer', 'reply({ execution_id: "x", ok: true }); reply({ execution_id, ok: true });'],
  ])('is refused when it is %s, and the process is ended', async (_what, code) => {
    const { outcome, stderr } = await say(await script(`console.error(process.pid); ${code}`));
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'bad_reply' });
    expect(runs(Number(stderr))).toBe(false);
  });

  it('is refused when nobody asked, and does not answer the next event', async () => {
    const name = await script(
      'console.error(process.pid); reply({ execution_id, ok: true }); reply({ execution_id, ok: true });',
    );
    const first = await say(name);
    await eventually(() => (runs(Number(first.stderr)) ? undefined : true));
    const second = await say(name, { executionId: 'the next' });
    expect(second.outcome).toEqual({ kind: 'success' });
    expect(second.stderr).not.toBe(first.stderr);
  });
});

describe('the processes of a persistent script', () => {
  it('take one event after the other', async () => {
    const name = await script(whoAmI);
    const [first, second, third] = [await say(name), await say(name), await say(name)];
    expect([second.stderr, third.stderr]).toEqual([first.stderr, first.stderr]);
  });

  it('are as many as there are calls at a time', async () => {
    // Each answers when all three have begun. One process for two of the calls would wait for ever.
    const begun = path.join(folder.path, 'begun');
    await mkdir(begun);
    const name = await script(`
      console.error(process.pid);
      const { readdirSync, watch, writeFileSync } = require('node:fs');
      const begun = ${JSON.stringify(begun)};
      const watcher = watch(begun, () => {
        if (readdirSync(begun).length < 3) return;
        watcher.close();
        reply({ execution_id, ok: true });
      });
      writeFileSync(begun + '/' + execution_id, '');
    `);
    const together = await Promise.all(['a', 'b', 'c'].map((executionId) => say(name, { executionId })));
    expect(together.map(({ outcome }) => outcome.kind)).toEqual(['success', 'success', 'success']);
    expect(new Set(together.map(({ stderr }) => stderr)).size).toBe(3);
  });

  it('are not shared by handlers, nor by different arguments', async () => {
    const name = await script(whoAmI);
    const first = await say(name);
    const handlerId = '0193a000-0000-7000-8000-000000000002';
    expect((await say(name, { handlerId })).stderr).not.toBe(first.stderr);
    expect((await folder.run(runner, name, { mode: 'persistent', args: ['x'] })).stderr).not.toBe(first.stderr);
  });

  it('are other ones when the script has been changed', async () => {
    const name = await script('reply({ execution_id, ok: false, retry: false, error: "old" });');
    expect((await say(name)).outcome).toMatchObject({ message: 'old' });
    const changed = await readFile(path.join(folder.path, name), 'utf8');
    await rm(path.join(folder.path, name));
    await folder.write(changed.replace('"old"', '"changed"'), name);
    expect((await say(name)).outcome).toMatchObject({ message: 'changed' });
  });

  it('start again after a crash, which fails the event that was under way and no other', async () => {
    const name = await script(
      'console.error(process.pid); if (execution_id === "crash") process.exit(3); reply({ execution_id, ok: true });',
    );
    const before = await say(name);
    expect((await say(name, { executionId: 'crash' })).outcome).toEqual({
      kind: 'retryable',
      reason: 'script_ended',
      message: 'the script exited with 3 before it answered',
    });
    const after = await say(name);
    expect(after.outcome).toEqual({ kind: 'success' });
    expect(after.stderr).not.toBe(before.stderr);
  });

  it('wait longer with every crash', async () => {
    const name = await script('process.exit(1);');
    // The first call of a runner starts its host as well.
    await say(await script('process.exit(2);'));
    const took: number[] = [];
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      expect((await say(name)).outcome).toMatchObject({ reason: 'script_ended' });
      took.push(performance.now() - start);
    }
    // 0, 20, 40, 80 and 160 ms after a crash, each with the time of a start, of which a busy machine needs any amount.
    expect(took[3]! + took[4]!).toBeGreaterThan(130);
  });

  it('end at a time-out, which fails its own event and no other', async () => {
    const name = await script(
      'console.error(process.pid); if (execution_id !== "slow") reply({ execution_id, ok: true });',
    );
    const [slow, ...others] = await Promise.all(
      ['slow', 'b', 'c'].map((executionId) =>
        say(name, { executionId, timeoutMs: executionId === 'slow' ? 800 : 5_000 }),
      ),
    );
    expect(slow!.outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    expect(runs(Number(slow!.stderr))).toBe(false);
    expect(others.map(({ outcome }) => outcome.kind)).toEqual(['success', 'success']);
  });

  it('are ended with everything that they started', async () => {
    const name = await script(`const { spawn } = require('node:child_process');
      const child = spawn('setsid', ['sleep', '600'], { detached: true, stdio: 'ignore', env: {} });
      child.on('error', () => {});
      console.error(child.pid);`);
    const { stderr } = await say(name, { timeoutMs: 3_000 });
    expect(runs(Number(stderr))).toBe(false);
  });

  it('leave after so many events, and after having had nothing to do', async () => {
    const name = await script(whoAmI);
    const pids: string[] = [];
    for (let i = 0; i < 6; i++) pids.push((await say(name)).stderr);
    expect(new Set(pids.slice(0, 5)).size).toBe(1);
    expect(pids[5]).not.toBe(pids[0]);
    const shortly = folder.runner({ persistent: { ...persistent, idleMs: 1 } });
    const idle = Number((await say(name, {}, shortly)).stderr);
    await eventually(() => (runs(Number(pids[0])) || runs(idle) ? undefined : true));
  });

  it('end with the executor', async () => {
    const own = folder.runner({ persistent });
    const { stderr } = await say(await script(whoAmI), {}, own);
    await own.close();
    expect(runs(Number(stderr))).toBe(false);
  });

  it('end when what starts them dies', async () => {
    const own = folder.runner({ persistent });
    // A script that does not exit when its input ends.
    const { stderr } = await say(await script(`setInterval(() => {}, 1000); ${whoAmI}`), {}, own);
    process.kill(own.hostPid!, 'SIGKILL');
    await eventually(() => (runs(Number(stderr)) ? undefined : true));
  });

  it('find nothing in their environment that belongs to one event', async () => {
    const name = await script(
      'console.error(Object.keys(process.env).sort().join()); reply({ execution_id, ok: true });',
    );
    expect((await say(name)).stderr.trim()).toBe('HOME,LANG,PATH,PROVISOR_HANDLER_ID,TZ');
  });

  it('are ended by the executor that takes its call back', async () => {
    const takeBack = new AbortController();
    const name = await script('console.error(process.pid);');
    const task: ScriptTask = { type: 'script', path: name, args: [], mode: 'persistent' };
    const running = runner.run(callOf(task, { timeoutMs: 60_000 }), takeBack.signal);
    takeBack.abort();
    expect((await running).outcome).toMatchObject({ reason: 'aborted' });
    expect((await runner.run(callOf(task, { timeoutMs: 500 }), never)).outcome).toMatchObject({ reason: 'timeout' });
  });
});
