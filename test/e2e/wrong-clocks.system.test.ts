import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { samplesOf } from '../support/metric-samples.ts';
import { RecordingTarget, type RecordedCall } from '../support/recording-target.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/**
 * Receivers of signed calls take a time that is at most five minutes off; what differs by so little is no wrong clock.
 */
const closeMs = 20_000;

/** Milliseconds that each clock is ahead. */
const shifts = { registry: -200 * dayMs, months: 91 * dayMs, minutes: -5 * minuteMs };

interface EventView {
  receivedAt: string;
  status: string;
  executions: { attempts: { startedAt: string; executorId: string }[] }[];
}

describe('an installation whose registry and executors have wrong clocks, by minutes and by months, ahead and behind', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let executors: RunningExecutor[];
  let target: RecordingTarget;
  let billing: Billing;
  let told: { executors: number[]; metrics: number[] };
  const ids: string[] = [];
  const keys = Array.from({ length: 16 }, (_, key) => key);

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start(shiftedClock(shifts.registry), { sandbox });
    target = await RecordingTarget.listen();
    billing = await Billing.connect(sandbox.amqpUrl);
    const task = { type: 'http', url: target.url() };
    const retry = { maxAttempts: 3, schedule: ['1s'] };
    await installation.json('POST', '/handlers', { name: 'retried', event: 'clients.update', task, retry });
    const seen = new Set<unknown>();
    target.reply = ({ headers }, response) => {
      const isFirst = !seen.has(headers['webhook-id']);
      seen.add(headers['webhook-id']);
      response.writeHead(isFirst ? 503 : 200).end();
    };
    executors = [await installation.startExecutor(shiftedClock(shifts.months))];
    await publish(keys.slice(0, 8));
    executors.push(await installation.startExecutor(shiftedClock(shifts.minutes)));
    told = await toldSkews();
    // RabbitMQ before 4.0 leaves the partitions with the first one.
    await executors[0]!.process.stop();
    await publish(keys.slice(8));
  }, 120_000);

  afterAll(async () => {
    await billing.close();
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });

  async function publish(keys: number[]): Promise<void> {
    const published = keys.map((objectId) => billing.publish({ type: 'clients.update', objectId }));
    ids.push(...(await Promise.all(published)));
    await Promise.all(ids.map(settled));
  }

  /** What executors and metrics say of the clocks, milliseconds. */
  async function toldSkews(): Promise<{ executors: number[]; metrics: number[] }> {
    const running = await eventually(async () => {
      const { items } = await installation.json<{ items: { clockSkewMs: number }[] }>('GET', '/executors');
      return items.length === 2 ? items : undefined;
    });
    const urls = [installation.registryUrl, ...executors.map(({ url }) => url)];
    const metrics = urls.map(async (url) => {
      const samples = samplesOf(await (await fetch(`${url}/metrics`)).text());
      return samples.value('provisor_clock_skew_seconds')! * 1_000;
    });
    return { executors: running.map(({ clockSkewMs }) => clockSkewMs), metrics: await Promise.all(metrics) };
  }

  const settled = (id: string) =>
    eventually(async () => {
      const response = await installation.call('GET', `/events/${id}`);
      const event = response.ok ? ((await response.json()) as EventView) : undefined;
      return event?.status === 'succeeded' ? event : undefined;
    });

  const ageOf = (time: string) => Math.abs(Date.now() - Date.parse(time));
  const callsFor = (id: string) => target.calls.filter(({ headers }) => headers['provisor-event-id'] === id);

  async function onDatabase<T extends pg.QueryResultRow>(statement: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: sandbox.databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(statement, values)).rows;
    } finally {
      await client.end();
    }
  }

  it('dates events and attempts by the database, on both executors', async () => {
    const events = await Promise.all(ids.map(settled));
    const attempts = events.flatMap(({ executions }) => executions.flatMap((execution) => execution.attempts));
    expect(new Set(attempts.map(({ executorId }) => executorId)).size).toBe(2);
    for (const time of [...events.map((event) => event.receivedAt), ...attempts.map((attempt) => attempt.startedAt)])
      expect(ageOf(time)).toBeLessThan(3 * minuteMs);
  });

  it('makes retries when they are due', () => {
    const attemptOf = ({ headers }: RecordedCall) => headers['provisor-attempt'];
    for (const id of ids) expect(callsFor(id).map(attemptOf)).toEqual(['1', '2']);
  });

  it('tells receivers a time that they accept', () => {
    for (const { headers } of target.calls)
      expect(ageOf(new Date(Number(headers['webhook-timestamp']) * 1_000).toISOString())).toBeLessThan(3 * minuteMs);
  });

  it('recognises an event that billing publishes again, also one that the other executor had', async () => {
    for (const [index, id] of ids.entries())
      await billing.publish({ type: 'clients.update', id, objectId: keys[index]! });
    await eventually(async () => {
      const { items } = await installation.json<{ items: unknown[] }>('GET', '/events?status=duplicate&limit=100');
      return items.length === ids.length ? true : undefined;
    });
    for (const id of ids) expect(callsFor(id)).toHaveLength(2);
  });

  it('keeps the days of the journal by the database: today and a week ahead, and none is dropped', async () => {
    const days = await onDatabase<{ day: string }>(
      `select to_char((now() at time zone 'UTC')::date + ahead, 'YYYYMMDD') as day from generate_series(0, 7) as ahead`,
    );
    for (const journal of ['events', 'event_values', 'attempts']) {
      const tables = await onDatabase<{ name: string }>(
        `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1`,
        [journal],
      );
      expect(tables.map(({ name }) => name)).toEqual([
        ...days.map(({ day }) => `${journal}_${day}`),
        `${journal}_other`,
      ]);
      const [rows] = await onDatabase<{ count: number }>(`select count(*)::integer as count from ${journal}_other`);
      expect(rows!.count).toBe(0);
    }
  });

  it('says how wrong the clocks are: in the log, as a metric and with the executors', async () => {
    const [registry, ...ofExecutors] = Object.values(shifts);
    for (const [index, shift] of ofExecutors.entries())
      expect(Math.abs(told.executors[index]! - shift)).toBeLessThan(closeMs);
    for (const [index, shift] of [registry!, ...ofExecutors].entries())
      expect(Math.abs(told.metrics[index]! - shift)).toBeLessThan(closeMs);

    const logs = (await readdir(installation.dataDir)).filter((name) => /^(registry|executor-\d)\.log$/.test(name));
    expect(logs).toHaveLength(3);
    for (const log of logs)
      expect(await readFile(join(installation.dataDir, log), 'utf8')).toContain('clock skew: the clocks of this host');
  });

  it('lets API keys and sessions live for as long as they should', async () => {
    const inMs = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
    const draft = { name: 'short', role: 'admin' };
    const { status } = await installation.call('POST', '/api-keys', { ...draft, expiresAt: inMs(-minuteMs) });
    expect(status).toBe(400);
    const { key } = await installation.json<{ key: string }>('POST', '/api-keys', { ...draft, expiresAt: inMs(dayMs) });
    const session = await fetch(`${installation.registryUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    expect(session.status).toBe(200);
    const { expiresAt } = (await session.json()) as { expiresAt: string };
    const lifeMs = Date.parse(expiresAt) - Date.now();
    expect(lifeMs).toBeGreaterThan(60 * minuteMs);
    expect(lifeMs).toBeLessThan(dayMs);
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    const seen = await fetch(`${installation.registryUrl}/api/v1/session`, { headers: { cookie } });
    expect(seen.status).toBe(200);
    const { items } = await installation.json<{ items: { at: string }[] }>('GET', '/audit?limit=3');
    for (const { at } of items) expect(ageOf(at)).toBeLessThan(3 * minuteMs);
  });
});
