import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { Workbench } from './testing/workbench.ts';

describe('delivery', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
    await bench.addHandler({ name: 'first', event: 'clients.update', task: task('/first'), priority: 1 });
    await bench.addHandler({ name: 'second', event: 'clients.update', task: task('/second'), priority: 2 });
  });

  afterEach(async () => {
    await bench.close();
    await target.close();
  });

  const callsOf = (id: string) =>
    target.calls.filter(({ headers }) => headers['provisor-event-id'] === id).map(({ path }) => path);

  it('an event that is published twice runs once, and the second is recorded as a duplicate', async () => {
    await bench.startExecutor();
    const billing = await bench.billing();
    for (let n = 0; n < 3; n++) await billing.publish({ type: 'clients.update', id: 'twice' });
    const rows = await eventually(async () => {
      const found = await bench.database.query<{ status: string }[]>('select status from events order by id');
      return found.length === 3 ? found : undefined;
    });
    expect(rows.map(({ status }) => status)).toEqual(['succeeded', 'duplicate', 'duplicate']);
    expect(callsOf('twice')).toEqual(['/first', '/second']);
  });

  it('an event is never recorded as a duplicate of itself, and does not repeat what succeeded, when its executor stops midway', async () => {
    const reached = Promise.withResolvers<undefined>();
    target.reply = ({ path }, response) => {
      if (path === '/second') reached.resolve(undefined);
      else response.end();
    };
    const executor = await bench.startExecutor({ shutdownTimeoutMs: 100 });
    await (await bench.billing()).publish({ type: 'clients.update', id: 'midway' });
    await reached.promise;
    await executor.stop();
    expect(await bench.attempts('midway')).toMatchObject([
      { number: 1, status: 'succeeded' },
      { number: 1, status: 'waiting', outcome: 'retryable', reason: 'aborted' },
    ]);

    target.reply = (_call, response) => void response.end();
    await bench.startExecutor();
    expect(await bench.event('midway')).toMatchObject({ status: 'succeeded' });
    expect(callsOf('midway')).toEqual(['/first', '/second', '/second']);
    const executions = new Set((await bench.attempts('midway')).map(({ execution_id }) => execution_id));
    expect(executions.size).toBe(2);
    expect((await bench.attempts('midway')).at(-1)).toMatchObject({ number: 1, status: 'succeeded' });
  });

  it('an event whose executor stops midway ends, and so does the execution whose handler is disabled before another goes on', async () => {
    const reached = Promise.withResolvers<undefined>();
    target.reply = ({ path }, response) => {
      if (path === '/first') reached.resolve(undefined);
      else response.end();
    };
    const executor = await bench.startExecutor({ shutdownTimeoutMs: 100 });
    await (await bench.billing()).publish({ type: 'clients.update', id: 'disabled midway' });
    await reached.promise;
    await executor.stop();
    const [waiting] = await bench.attempts('disabled midway');
    expect(waiting).toMatchObject({ status: 'waiting', position: 1 });

    await bench.change('handlers', waiting!.handler_id, { status: 'disabled' });
    await bench.startExecutor();
    expect(await bench.event('disabled midway')).toMatchObject({
      status: 'succeeded',
      skipped: [waiting!.handler_id],
    });
    expect(callsOf('disabled midway')).toEqual(['/first', '/second']);
    expect(await bench.attempts('disabled midway')).toMatchObject([
      { status: 'waiting' },
      { handler_id: waiting!.handler_id, position: 1, status: 'skipped', reason: 'handler_disabled', counted: false },
      { position: 2, status: 'succeeded' },
    ]);
  });

  it('a stop finishes what runs, takes nothing new, and leaves the rest to others', async () => {
    const reached = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    target.reply = async ({ path }, response) => {
      if (path === '/second') reached.resolve(undefined);
      await release.promise;
      response.end();
    };
    const executor = await bench.startExecutor();
    const billing = await bench.billing();
    release.resolve(undefined);
    await billing.publish({ type: 'clients.update', id: 'running' });
    await reached.promise;
    await executor.stop();
    expect(await bench.event('running')).toMatchObject({ status: 'succeeded' });

    await billing.publish({ type: 'clients.update', id: 'after the stop' });
    await bench.startExecutor();
    expect(await bench.event('after the stop')).toMatchObject({ status: 'succeeded' });
    expect(callsOf('running')).toEqual(['/first', '/second']);
  });

  it('while the database is away nothing is acknowledged, and afterwards everything is in the journal', async () => {
    const executor = await bench.startExecutor();
    const billing = await bench.billing();
    await billing.publish({ type: 'clients.update', id: 'before', objectId: 1 });
    await bench.event('before');

    const { restore } = await takeDatabaseAway(bench.sandbox.databaseUrl);
    for (let n = 0; n < 50; n++) await billing.publish({ type: 'clients.update', id: `away-${n}`, objectId: n });
    const readyz = `${await executor.url()}/readyz`;
    const report = await eventually(async () => {
      const response = await fetch(readyz);
      return response.status === 503 ? ((await response.json()) as { checks: Record<string, string> }) : undefined;
    });
    expect(report.checks['postgresql']).not.toBe('ok');
    expect(report.checks['rabbitmq']).toBe('ok');

    await restore();
    for (let n = 0; n < 50; n++) {
      expect(await bench.event(`away-${n}`)).toMatchObject({ status: 'succeeded' });
      expect(callsOf(`away-${n}`)).toEqual(['/first', '/second']);
    }
    await eventually(async () => ((await fetch(readyz)).ok ? true : undefined));
  });

  it('a channel that the broker takes away is opened again, and what it held is run by whoever gets it', async () => {
    await bench.startExecutor();
    const billing = await bench.billing();
    await billing.publish({ type: 'clients.update', id: 'before' });
    await bench.event('before');
    // Deleting a queue cancels its consumers from the broker's side.
    for (let partition = 0; partition < 4; partition++) await billing.deleteQueue(`provisor.events.${partition}`);
    await eventually(async () => {
      await billing.publish({ type: 'clients.update', id: 'after' });
      return true;
    });
    expect(await bench.event('after')).toMatchObject({ status: 'succeeded' });
  });
});

/** Ends every connection to a database and refuses new ones until it is restored. */
async function takeDatabaseAway(databaseUrl: string): Promise<{ restore: () => Promise<void> }> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`alter database ${name} allow_connections false`);
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  const restore = async () => {
    await client.query(`alter database ${name} allow_connections true`);
    await client.end();
  };
  return { restore };
}
