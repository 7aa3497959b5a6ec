import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { busiestSpan } from '../support/busiest-span.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';
import { announceCatalog } from '../support/registry-voice.ts';

describe('executors that come, go and are killed', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let database: pg.Client;
  let target: RecordingTarget;
  let billing: Billing;
  let arrivals: { event: string }[] = [];
  const running: RunningExecutor[] = [];

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({ PARTITIONS: '8' }, { sandbox });
    database = new pg.Client(sandbox.databaseUrl);
    await database.connect();
    target = await RecordingTarget.listen();
    target.reply = ({ headers }, response) => {
      arrivals.push({ event: String(headers['provisor-event-id']) });
      response.end();
    };
    billing = await Billing.connect(installation.servers.amqpUrl);
    for (let n = 0; n < 4; n++) running.push(await installation.startExecutor());
  }, 120_000);

  beforeEach(() => void (arrivals = []));

  afterAll(async () => {
    await billing.close();
    await target.close();
    await database.end();
    await installation.stop();
    await sandbox.dispose();
  });

  /** Changes the configuration as the registry does. */
  async function change(statement: string, values: unknown[]): Promise<void> {
    await database.query('begin');
    await database.query('select from catalog for update');
    await database.query(statement, values);
    const { rows } = await database.query<{ revision: number }>(
      'update catalog set revision = revision + 1 returning revision',
    );
    await database.query('commit');
    const { revision } = rows[0]!;
    await announceCatalog(installation.servers.amqpUrl, revision);
    await eventually(async () => {
      const { rowCount } = await database.query(
        `select from executors where revision < $1 and heartbeat_at > now() - interval '10 seconds'`,
        [revision],
      );
      return rowCount === 0 ? true : undefined;
    });
  }

  async function addHandler(event: string, limits: { rate?: object; releasePerSecond?: number }): Promise<string> {
    const targetId = uuidv7();
    await change(
      `insert into targets (id, name, description, base_url, headers, rate, release_per_second, version)
       values ($1, $2, '', $3, '{}', $4, $5, 1)`,
      [targetId, event, target.url(), JSON.stringify(limits.rate ?? null), limits.releasePerSecond ?? 250],
    );
    const own = { type: 'http', url: target.url() };
    const { id } = await installation.json<{ id: string }>('POST', '/handlers', { name: event, event, task: own });
    const task = { type: 'http', target: targetId, path: `/${event}`, method: 'POST', headers: {} };
    await change('update handlers set task = $2 where id = $1', [id, JSON.stringify(task)]);
    return targetId;
  }

  const publish = (event: string, keys: number, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        billing.publish({ type: event, id: `${event}-${String(n)}`, objectId: `${event}-${String(n % keys)}` }),
      ),
    );
  const done = (event: string, count: number) =>
    eventually(async () => {
      const { rows } = await database.query<{ done: number }>(
        `select count(*)::integer as done from events where type = $1 and status = 'succeeded'`,
        [event],
      );
      return rows[0]!.done === count ? true : undefined;
    }, 100_000);

  /**
   * When the calls of an event type began, in milliseconds. Their arrivals would not do: a machine that is busy keeps
   * them waiting, and lets them in together.
   */
  async function starts(event: string): Promise<number[]> {
    const { rows } = await database.query<{ at: number }>(
      `select extract(epoch from started_at)::double precision * 1000 as at from attempts
       where event_type = $1 order by started_at`,
      [event],
    );
    return rows.map(({ at }) => at);
  }

  async function killOne(): Promise<void> {
    await running.shift()!.process.kill();
  }

  it('keep the rate of a target together', async () => {
    await addHandler('clients.update', { rate: { perSecond: 100, burst: 10 } });
    const count = 3_000;
    const published = publish('clients.update', 3_000, count);
    await delay(6_000);
    await killOne();
    await delay(3_000);
    running.push(await installation.startExecutor());
    await delay(3_000);
    await killOne();
    await published;
    await done('clients.update', count);
    const times = await starts('clients.update');
    expect(times.length).toBeGreaterThanOrEqual(count);
    expect(busiestSpan(times, 10_000)).toBeLessThanOrEqual(1.05 * 1_000 + 10);
    // What the killed executors had in the slow lane is taken up when their leases have run out.
    const [from, to] = [times[300]!, times[2_000]!];
    expect(1_700).toBeGreaterThanOrEqual((0.9 * 100 * (to - from)) / 1_000);
    expect(new Set(arrivals.map(({ event }) => event)).size).toBe(count);
  }, 180_000);

  it('lose nothing that a hold has stopped, keep the order of each key, and continue at its pace', async () => {
    while (running.length < 3) running.push(await installation.startExecutor());
    const targetId = await addHandler('clients.create', { releasePerSecond: 30 });
    const hold = { reason: 'upgrade', until: null, since: '2026-01-01T00:00:00Z', by: 'test' };
    const version = 'version = version + 1';
    await change(`update targets set hold = $2, ${version} where id = $1`, [targetId, JSON.stringify(hold)]);
    await publish('clients.create', 150, 300);
    await killOne();
    await eventually(async () => {
      const { rows } = await database.query<{ held: number }>(
        `select count(*)::integer as held from deferral_keys where reason = 'held'`,
      );
      return rows[0]!.held === 150 ? true : undefined;
    });
    expect(arrivals).toEqual([]);
    await change(`update targets set hold = null, ${version} where id = $1`, [targetId]);
    await eventually(() => (arrivals.length > 60 ? true : undefined));
    await killOne();
    await done('clients.create', 300);
    expect(busiestSpan(await starts('clients.create'), 5_000)).toBeLessThanOrEqual(1.05 * 30 * 5 + 8);
    // A call that was in flight in the executor that was killed is made again.
    expect(arrivals.length - 300).toBeLessThanOrEqual(20);
    const places = new Map<string, number>();
    for (const [place, { event }] of arrivals.entries()) if (!places.has(event)) places.set(event, place);
    expect(places.size).toBe(300);
    for (let n = 0; n < 150; n++) {
      const [first, second] = [
        places.get(`clients.create-${String(n)}`)!,
        places.get(`clients.create-${String(n + 150)}`)!,
      ];
      expect(first).toBeLessThan(second);
    }
  }, 180_000);
});
