import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { FreezingProxy } from '../../../test/support/freezing-proxy.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import type { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

/** A tenth of the usual times. */
const times = { statement: 1_000, stall: 500, databaseWatch: { giveUpAfter: 1_500, betweenLooks: 100 } };

let bench: Workbench;
let target: RecordingTarget;
let database: FreezingProxy;
let broker: FreezingProxy;

beforeEach(async () => {
  bench = await Workbench.open();
  target = await RecordingTarget.listen();
  database = await FreezingProxy.before(bench.sandbox.executorDatabaseUrl, 5432);
  broker = await FreezingProxy.before(bench.sandbox.amqpUrl, 5672);
  await bench.addHandler({
    name: 'called',
    event: 'clients.update',
    task: { type: 'http', url: target.url(), method: 'POST', headers: {} },
  });
});

afterEach(async () => {
  database.thaw();
  broker.thaw();
  await bench.close();
  await Promise.all([target.close(), database.close(), broker.close()]);
});

function startBehindProxies(): Promise<ExecutorApp> {
  const { executorDatabaseUrl, amqpUrl } = bench.sandbox;
  const databaseUrl = database.url(executorDatabaseUrl);
  return bench.startExecutor(
    { databaseUrl, broker: { urls: [`${broker.url(amqpUrl)}?heartbeat=1`] } },
    undefined,
    times,
  );
}

async function ask(executor: ExecutorApp, path: string): Promise<{ status: number; text: string; ms: number }> {
  const from = performance.now();
  const response = await fetch(`${await executor.url()}${path}`);
  return { status: response.status, text: await response.text(), ms: performance.now() - from };
}

/** Publishes one event for each of this number of keys. */
async function publish(name: string, keys: number): Promise<string[]> {
  const billing = await bench.billing();
  const ids = Array.from({ length: keys }, (_, key) => `${name}-${String(key)}`);
  await Promise.all(ids.map((id, objectId) => billing.publish({ type: 'clients.update', id, objectId })));
  return ids;
}

interface Recorded {
  events: number;
  succeeded: number;
  attempts: number;
}

/** What the journal has of events. */
async function recorded(ids: string[]): Promise<Recorded> {
  const [row] = await bench.database.query<[Recorded]>(
    `select count(*)::integer as events, (count(*) filter (where status = 'succeeded'))::integer as succeeded,
       (select count(*)::integer from attempts where event_id = any($1)) as attempts
     from events where event_id = any($1)`,
    [ids],
  );
  return row;
}

/** Waits until the journal has all of them, and none twice. */
async function expectRecordedOnce(ids: string[], withinMs: number): Promise<void> {
  await eventually(async () => ((await recorded(ids)).events >= ids.length ? true : undefined), withinMs);
  expect(await recorded(ids)).toMatchObject({ events: ids.length, succeeded: ids.length });
}

describe('connections to PostgreSQL that go silent', () => {
  it('behind the one executor hold up events for no longer than a statement may take, and none is called or recorded twice', async () => {
    const executor = await startBehindProxies();
    await expectRecordedOnce(await publish('before', 20), 15_000);
    // In the middle of the work of an event: called, and not recorded.
    target.reply = (_call, response) => {
      database.freeze('work');
      response.end('{}');
    };
    const ids = await publish('frozen', 1);
    await eventually(() => target.calls.length > 20 || undefined);
    target.reply = (_call, response) => void response.end('{}');
    ids.push(...(await publish('meanwhile', 50)));
    await expectRecordedOnce(ids, 6_000);
    expect(target.calls).toHaveLength(20 + 51);
    await eventually(async () => ((await ask(executor, '/readyz')).status === 200 ? true : undefined));
  });

  it('behind one of two executors hold up no events', async () => {
    await startBehindProxies();
    await bench.startExecutor();
    await expectRecordedOnce(await publish('before', 40), 15_000);
    database.freeze('work');
    await expectRecordedOnce(await publish('frozen', 40), 6_000);
    expect(target.calls).toHaveLength(80);
  });
});

describe('a database that one executor cannot reach at all', () => {
  it('makes it give its partitions up to the other, and take part again when it can', async () => {
    // The first one reads, on a broker that leaves partitions where they are.
    const cut = await startBehindProxies();
    await bench.startExecutor();
    await expectRecordedOnce(await publish('before', 40), 15_000);
    database.freeze('hang');
    await expectRecordedOnce(await publish('cut-off', 40), 15_000);
    const { status, text, ms } = await ask(cut, '/readyz');
    expect(status).toBe(503);
    expect(text).toContain('database lost: partitions released');
    expect(text).toContain('not consuming the intake queue');
    expect(ms).toBeLessThan(3_000);
    expect(await ask(cut, '/healthz')).toMatchObject({ status: 200 });
    expect((await ask(cut, '/metrics')).text).toMatch(/provisor_stalled_seconds\{work="gate"\} [1-9]/);
    database.thaw();
    await eventually(async () => ((await ask(cut, '/readyz')).status === 200 ? true : undefined), 15_000);
    await expectRecordedOnce(await publish('after', 40), 15_000);
  });

  it('and that is the only one makes it call nothing again when the database is back', async () => {
    const executor = await startBehindProxies();
    await expectRecordedOnce(await publish('before', 20), 15_000);
    const held = Promise.withResolvers<undefined>();
    target.reply = async (_call, response) => {
      await held.promise;
      response.end('{}');
    };
    const ids = await publish('cut-off', 20);
    await eventually(() => target.calls.length === 40 || undefined);
    database.freeze('hang');
    held.resolve(undefined);
    await eventually(async () =>
      (await ask(executor, '/readyz')).text.includes('partitions released') ? true : undefined,
    );
    database.thaw();
    await expectRecordedOnce(ids, 15_000);
    expect(target.calls).toHaveLength(40);
    expect((await recorded(ids)).attempts).toBe(20);
  });
});

it('an executor whose database has gone silent says so while events wait', async () => {
  const executor = await startBehindProxies();
  await expectRecordedOnce(await publish('before', 5), 15_000);
  database.freeze('hang');
  await publish('waiting', 5);
  await eventually(async () => {
    const { status, text } = await ask(executor, '/readyz');
    return status === 503 && /"gate":"no answer for \d+ s while work waits; the last was \d+ s ago"/.test(text)
      ? true
      : undefined;
  });
});

it('connections to RabbitMQ that go silent are made again, and no event is lost or recorded twice', async () => {
  const executor = await startBehindProxies();
  await expectRecordedOnce(await publish('before', 20), 15_000);
  const before = broker.connections.length;
  // Those for the intake, the partitions and replays; for changed handlers; for commands.
  expect(before).toBe(5);
  broker.freeze('work');
  await expectRecordedOnce(await publish('frozen', 40), 15_000);
  await eventually(() => broker.connections.filter(({ isFrozen }) => !isFrozen).length === before || undefined);
  await eventually(async () => ((await ask(executor, '/readyz')).status === 200 ? true : undefined));
});

it('an executor that is asked to stop does, whatever has gone silent', async () => {
  const executor = await bench.startExecutor(
    {
      databaseUrl: database.url(bench.sandbox.executorDatabaseUrl),
      broker: { urls: [broker.url(bench.sandbox.amqpUrl)] },
      shutdownTimeoutMs: 500,
    },
    undefined,
    { statement: 60_000 },
  );
  await expectRecordedOnce(await publish('before', 20), 15_000);
  target.reply = (_call, response) => {
    database.freeze('hang');
    response.end('{}');
  };
  await publish('waiting', 20);
  await eventually(() => target.calls.length > 20 || undefined);
  broker.freeze('hang');
  const from = performance.now();
  await executor.stop();
  expect(performance.now() - from).toBeLessThan(20_000);
  expect(executor.pending).toContain('journal');
});
