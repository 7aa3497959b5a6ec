import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import {
  catalogReloadPattern,
  operationChangedPattern,
  retryDeferralPattern,
  testHandlerPattern,
  type Task,
  type TestedAttempt,
  type TestHandlerCommand,
} from '#contracts';
import { createLogger } from '#observability';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Requester, type Answer } from '../../../test/support/requester.ts';
import { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

describe('commands to an executor', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let requester: Requester;

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    requester = await Requester.connect(bench.sandbox.amqpUrl);
  });

  afterEach(async () => {
    await requester.close();
    await bench.close();
    await target.close();
  });

  const httpTask = (): Task => ({ type: 'http', url: target.url('/tried'), method: 'POST', headers: {} });

  function command(handlerId: string, event: object = {}): TestHandlerCommand {
    const dt = '2026-03-01T09:15:00+00:00';
    const body = {
      event: { id: 'made up', dt, events_id: 'clients.update', object_id: 12, ...event },
      data: { id: 12 },
    };
    return { handlerId, body: JSON.stringify(body), partitionKey: 'key', traceparent: null };
  }

  const disabled = (task: Task): Promise<string> =>
    bench.addHandler({ name: 'tried', event: 'clients.update', task, status: 'disabled' });

  async function tested(order: TestHandlerCommand): Promise<TestedAttempt> {
    const { err, response } = await requester.ask(testHandlerPattern, order);
    expect(err ?? null).toBeNull();
    return response as TestedAttempt;
  }

  it('try a handler alone, once, and say what came of it, as the journal does', async () => {
    await bench.addHandler({ name: 'enabled', event: 'clients.update', task: httpTask() });
    await bench.startExecutor();
    const handlerId = await disabled(httpTask());
    const order = command(handlerId);
    const attempt = await tested(order);
    const [row, ...others] = await bench.attempts('made up');
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({
      id: row!.id,
      executionId: row!.execution_id,
      eventId: 'made up',
      number: 1,
      outcome: 'success',
      reason: null,
      message: null,
      response: { http: { status: 200, body: '{}' } },
      revision: 2,
    });
    expect(row).toMatchObject({
      handler_id: handlerId,
      position: 1,
      number: 1,
      status: 'succeeded',
      test: true,
    });
    expect(await bench.event('made up')).toMatchObject({
      status: 'succeeded',
      partition_key: 'key',
      body: order.body,
      test: true,
    });
    expect(target.calls).toHaveLength(1);
    expect(target.calls[0]).toMatchObject({
      path: '/tried',
      body: order.body,
      headers: { 'provisor-attempt': '1', 'webhook-id': attempt.executionId },
    });
  });

  it('try a handler again and again, each time as an execution of its own', async () => {
    await bench.startExecutor();
    const order = command(await disabled(httpTask()));
    const attempts = await Promise.all([tested(order), tested(order), tested(order)]);
    expect(new Set(attempts.map(({ executionId }) => executionId)).size).toBe(3);
    expect(target.calls).toHaveLength(3);
  });

  it('try a script, and say how it failed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'provisor-'));
    const path = join(folder, 'fails.sh');
    await writeFile(path, '#!/bin/sh\necho "of no use" >&2\nexit 65\n', { mode: 0o755 });
    await bench.startExecutor({ scriptsDirs: [folder] });
    expect(await tested(command(await disabled({ type: 'script', path, args: [], mode: 'once' })))).toMatchObject({
      outcome: 'permanent',
      reason: 'exit_code',
      response: { script: { exitCode: 65, stderr: 'of no use\n' } },
    });
    expect(await bench.event('made up')).toMatchObject({ status: 'failed' });
    await rm(folder, { recursive: true });
  });

  it('are refused with the reason when the event is none, or the handler', async () => {
    await bench.startExecutor();
    const id = await disabled(httpTask());
    const unknownType = await requester.ask(testHandlerPattern, command(id, { events_id: 'clients.forgotten' }));
    const withoutId = await requester.ask(testHandlerPattern, command(id, { id: null }));
    for (const { err } of [unknownType, withoutId]) expect(err).toMatchObject({ code: 'bad_event' });
    await bench.change('handlers', id, { status: 'archived' });
    for (const gone of [id, uuidv7()]) {
      const { err } = await requester.ask(testHandlerPattern, command(gone));
      expect(err).toMatchObject({ code: 'unknown_handler' });
    }
    expect(target.calls).toEqual([]);
  });

  it('try now what a key waits for, once, and leave what comes after it its time', async () => {
    const retry = { maxAttempts: 9, schedule: ['10m'] };
    const task = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
    const add = (name: string, priority: number) => {
      const handler = { name, event: 'clients.update', task: task(`/${name}`), priority, retry };
      return bench.addHandler({ ...handler, onFailure: 'detach' });
    };
    const [first, second] = [await add('first', 1), await add('second', 2)];
    await add('third', 3);
    const hanging = Promise.withResolvers<undefined>();
    target.reply = ({ path }, response) => {
      if (path === '/third') hanging.resolve(undefined);
      else response.writeHead(503).end();
    };
    const stopping = await bench.startExecutor({ shutdownTimeoutMs: 100 });
    await (await bench.billing()).publish({ type: 'clients.update', id: 'hurried', objectId: 12 });
    await hanging.promise;
    await stopping.stop();
    // Both wait for ten minutes; and from now on, the one behind the other.
    await bench.change('handlers', first, { onFailure: 'stop' });
    await bench.change('handlers', second, { onFailure: 'stop' });
    target.calls.length = 0;
    target.reply = (_call, response) => void response.end();
    await bench.startExecutor();
    const waitsFor = (handlerId: string) =>
      eventually(async () => {
        const [row] =
          await bench.database.query<{ key: string; handler_id: string; lease_id: string | null }[]>(
            'select * from deferral_keys',
          );
        return row?.handler_id === handlerId && row.lease_id === null ? row.key : undefined;
      });
    const key = await waitsFor(first);
    expect(await requester.ask(retryDeferralPattern, { key })).toMatchObject({ response: { kind: 'taken' } });
    await waitsFor(second);
    expect(target.calls.map(({ path }) => path)).toEqual(['/first']);
    const [waiting] = await bench.database.query<{ early: boolean }[]>(
      `select due_at > now() + interval '8 minutes' as early from deferral_keys`,
    );
    expect(waiting).toEqual({ early: true });
    await requester.ask(retryDeferralPattern, { key });
    await eventually(async () => ((await bench.event('hurried')).status === 'succeeded' ? true : undefined));
    expect(target.calls.map(({ path }) => path)).toEqual(['/first', '/second', '/third']);
  });

  it('have a replay made at once', async () => {
    await bench.startExecutor();
    await (await bench.billing()).publish({ type: 'clients.update', id: 'once more' });
    await bench.event('once more');
    const replayId = uuidv7();
    await bench.database.query(
      `insert into operations (id, kind, created_at, created_by, event_id, filter)
       values ($1, 'replay', now() + interval '1 second', 'test', 'once more', '{}')`,
      [replayId],
    );
    requester.tell(operationChangedPattern, { replayId });
    const run = await eventually(async () => {
      const [row] = await bench.database.query<{ total: number; published: number }[]>(
        'select * from operation_runs where operation_id = $1 and finished_at is not null',
        [replayId],
      );
      return row;
    }, 5_000);
    expect(run).toMatchObject({ total: 1, released: 1 });
  });

  it('and what is said to every executor are kept apart', async () => {
    await bench.startExecutor();
    const unknown = { err: expect.stringMatching(/no matching message handler/) };
    expect(await requester.ask(catalogReloadPattern, {})).toMatchObject(unknown);
    expect(await requester.ask(retryDeferralPattern, { key: 'a' }, 'provisor.config')).toMatchObject(unknown);
    expect(await requester.ask(retryDeferralPattern, { key: 'a' })).toMatchObject({
      response: { kind: 'not_waiting' },
    });
  });

  it('are not taken before the executor has started', async () => {
    const id = await disabled(httpTask());
    await bench.database.query('alter table migrations rename to migrations_to_come');
    const executor = await ExecutorApp.create(bench.settings(), createLogger('executor', 'silent'));
    try {
      const started = executor.start();
      const answer = requester.ask(testHandlerPattern, command(id));
      await eventually(async () => {
        const response = await fetch(`${await executor.url()}/readyz`);
        const { checks } = (await response.json()) as { checks: Record<string, string> };
        return checks['rabbitmq'] === 'ok' ? true : undefined;
      });
      await requester.seen({ waiting: 1, takers: 0 });
      await bench.database.query('alter table migrations_to_come rename to migrations');
      expect(await answer).toMatchObject({ response: { outcome: 'success' } });
      await started;
    } finally {
      await executor.stop();
    }
  });

  it('are not taken once the executor stops, and those under way are taken back and answered', async () => {
    const executor = await bench.startExecutor();
    const id = await disabled(httpTask());
    const called = Promise.withResolvers<undefined>();
    target.reply = () => called.resolve(undefined);
    const answer = requester.ask(testHandlerPattern, command(id));
    await called.promise;
    const stopped = executor.stop();
    expect(await answer).toMatchObject({ response: { outcome: 'retryable', reason: 'aborted' } });
    await stopped;
    const asked: Promise<Answer> = requester.ask(testHandlerPattern, command(id));
    await requester.seen({ waiting: 1, takers: 0 });
    target.reply = (_call, response) => void response.end();
    await bench.startExecutor();
    expect(await asked).toMatchObject({ response: { outcome: 'success' } });
  });
});
