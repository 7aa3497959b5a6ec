import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testHandlerPattern, type HttpTask, type TestedAttempt } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Requester } from '../../../test/support/requester.ts';
import type { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

describe('answers judged by rule', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let folder: string;
  let executor: ExecutorApp;

  beforeAll(async () => {
    [bench, target, folder] = await Promise.all([
      Workbench.open(),
      RecordingTarget.listen(),
      mkdtemp(join(tmpdir(), 'provisor-judged-')),
    ]);
    executor = await bench.startExecutor({ scriptsDirs: [folder], shutdownTimeoutMs: 50 });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
    await rm(folder, { recursive: true });
  });

  const task = (path: string): HttpTask => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} });
  const callsOf = (id: string) => target.calls.filter(({ headers }) => headers['provisor-event-id'] === id);
  const ended = (id: string) =>
    eventually(async () => {
      const row = await bench.event(id);
      return row.status === 'waiting' ? undefined : row;
    });

  it('a target that has created, answered 504, and answers 409 from then on has succeeded, once', async () => {
    const event = 'clients.create';
    await bench.addHandler({
      name: 'create',
      event,
      task: task('/create'),
      retry: { maxAttempts: 5, schedule: ['1s'] },
      outcomes: [{ when: 'maybe && response.status == 409', outcome: 'success', reason: 'already_exists' }],
      keep: { id: 'response.json.id' },
    });
    target.reply = (_call, response) => {
      const isFirst = callsOf('created').length === 1;
      response.statusCode = isFirst ? 504 : 409;
      response.end('{"id": 7}');
    };
    await (await bench.billing()).publish({ type: event, id: 'created' });
    expect(await ended('created')).toMatchObject({ status: 'succeeded', failed: false });
    expect(await bench.attempts('created')).toMatchObject([
      { number: 1, status: 'waiting', outcome: 'retryable', reason: 'http_status', reached: 'yes', kept: null },
      {
        number: 2,
        status: 'succeeded',
        outcome: 'success',
        reason: 'already_exists',
        message: 'outcomes.0 decides: maybe && response.status == 409',
      },
    ]);
    // At once a 409 is what it always was.
    await (await bench.billing()).publish({ type: event, id: 'another', key: 'b' });
    const first = await eventually(async () => (await bench.attempts('another'))[0]);
    expect(first).toMatchObject({ outcome: 'retryable', reason: 'http_status' });
  });

  it('JSON-RPC that says of an error with 200 has failed, and no attempt follows; a rule without a value is false, and said', async () => {
    const event = 'clients.delete';
    await bench.addHandler({
      name: 'rpc',
      event,
      task: task('/rpc'),
      onFailure: 'continue',
      outcomes: [
        { when: 'response.json.error.code == -32603', outcome: 'retryable', reason: 'rpc_internal' },
        { when: 'has(response.json.error)', outcome: 'permanent', reason: 'rpc_error' },
      ],
    });
    target.reply = (call, response) => {
      const id = String(call.headers['provisor-event-id']);
      response.end(id === 'fails' ? '{"error":{"code":-32601}}' : '{"result":true}');
    };
    const billing = await bench.billing();
    await billing.publish({ type: event, id: 'fails' });
    await billing.publish({ type: event, id: 'goes' });
    expect(await ended('fails')).toMatchObject({ status: 'failed' });
    expect(await bench.attempts('fails')).toMatchObject([
      { status: 'failed', outcome: 'permanent', reason: 'rpc_error', reached: 'yes', counted: true },
    ]);
    const [failure] = await bench.database.query<object[]>(`select * from failures where event_id = 'fails'`);
    expect(failure).toMatchObject({ reason: 'rpc_error', reached: 'yes', attempts: 1 });
    expect(await ended('goes')).toMatchObject({ status: 'succeeded' });
    expect(await bench.attempts('goes')).toMatchObject([
      {
        outcome: 'success',
        reason: null,
        message: 'outcomes.0.when has no value: No such key: error (line 1, column 15)',
      },
    ]);
  });

  it('a retryable answer by rule waits as long as the target asks, also with 200', async () => {
    const event = 'clients.archive';
    await bench.addHandler({
      name: 'busy',
      event,
      task: task('/busy'),
      retry: { maxAttempts: 2, schedule: ['1s'] },
      outcomes: [{ when: 'response.text == "busy" && attempt == 1', outcome: 'retryable' }],
    });
    target.reply = (_call, response) => void response.setHeader('retry-after', '2').end('busy');
    await (await bench.billing()).publish({ type: event, id: 'busy' });
    expect(await ended('busy')).toMatchObject({ status: 'succeeded' });
    const rows = await bench.attempts('busy');
    expect(rows).toMatchObject([{ outcome: 'retryable', reason: 'outcome_rule' }, { outcome: 'success' }]);
    const [{ asked } = { asked: 0 }] = await bench.database.query<{ asked: number }[]>(
      `select extract(epoch from next_attempt_at - started_at)::float as asked from attempts
       where event_id = 'busy' and next_attempt_at is not null`,
    );
    expect(asked).toBeGreaterThanOrEqual(2);
  });

  it('of scripts are judged by exit code and output, and not when they were ended for their time', async () => {
    const event = 'clients.update';
    const script = join(folder, 'answer.sh');
    await writeFile(script, `#!/bin/sh\necho '{"state":"exists"}'\n[ "$1" = slow ] && exec sleep 60\nexit 3\n`, {
      mode: 0o755,
    });
    const outcomes = [
      { when: 'response.exitCode == 3 && response.json.state == "exists"', outcome: 'success', reason: 'exists' },
      { when: 'true', outcome: 'success', reason: 'anything' },
    ] as const;
    const base = { event, outcomes: [...outcomes], retry: { maxAttempts: 1, schedule: ['1s'] } };
    const scriptTask = (args: string[]) => ({ type: 'script', path: script, args, mode: 'once' }) as const;
    await bench.addHandler({
      ...base,
      name: 'quick',
      task: scriptTask([]),
      priority: 1,
      keep: { s: 'response.json.state' },
    });
    await bench.addHandler({ ...base, name: 'slow', task: scriptTask(['slow']), priority: 2, timeoutMs: 2_000 });
    await (await bench.billing()).publish({ type: event, id: 'script' });
    expect(await ended('script')).toMatchObject({ status: 'failed' });
    expect(await bench.attempts('script')).toMatchObject([
      { outcome: 'success', reason: 'exists', kept: JSON.stringify({ name: 'quick', values: '{"s":"exists"}' }) },
      { outcome: 'retryable', reason: 'timeout', status: 'failed' },
    ]);
  });

  it('of a test are judged as all others are, and say what is kept', async () => {
    const id = await bench.addHandler({
      name: 'tested',
      event: 'clients.packages.renew',
      task: task('/tested'),
      status: 'disabled',
      outcomes: [{ when: 'response.status == 418', outcome: 'success', reason: 'teapot' }],
      keep: { id: 'response.headers["x-id"]', big: 'response.text' },
    });
    target.reply = (_call, response) => {
      response.statusCode = 418;
      response.setHeader('X-Id', 'n-1').end('x'.repeat(2_000));
    };
    const requester = await Requester.connect(bench.sandbox.amqpUrl);
    const head = { id: 't-1', dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.packages.renew', object_id: 1 };
    const body = JSON.stringify({ event: head, data: {} });
    const { response } = await requester.ask(testHandlerPattern, {
      handlerId: id,
      body,
      partitionKey: 'k',
      traceparent: null,
    });
    await requester.close();
    expect(response as TestedAttempt).toMatchObject({
      outcome: 'success',
      reason: 'teapot',
      kept: '{"id":"n-1"}',
      message: 'outcomes.0 decides: response.status == 418; keep.big is left out: it has 2002 bytes, and 1024 are kept',
    });
  });

  it('know that a call may have arrived that an executor made before it stopped', async () => {
    const event = 'clients.packages.activate';
    await bench.addHandler({
      name: 'lost',
      event,
      task: task('/lost'),
      outcomes: [{ when: 'maybe && response.status == 409', outcome: 'success', reason: 'already_exists' }],
    });
    const reached = Promise.withResolvers<undefined>();
    target.reply = () => reached.resolve(undefined);
    await (await bench.billing()).publish({ type: event, id: 'lost' });
    await reached.promise;
    target.reply = (_call, response) => {
      response.statusCode = 409;
      response.end();
    };
    await executor.stop();
    executor = await bench.startExecutor({ scriptsDirs: [folder] });
    expect(await ended('lost')).toMatchObject({ status: 'succeeded' });
    expect((await bench.attempts('lost')).at(-1)).toMatchObject({ reason: 'already_exists', number: 1 });
  });
});
