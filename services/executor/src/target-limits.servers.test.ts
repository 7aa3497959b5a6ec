import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HttpTask } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { busiestSpan } from '../../../test/support/busiest-span.ts';
import { Workbench } from './testing/workbench.ts';

describe('the limits of a target', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let arrivals: { at: number; event: string }[];

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    arrivals = [];
    target.reply = ({ headers }, response) => {
      arrivals.push({ at: performance.now(), event: String(headers['provisor-event-id']) });
      response.end();
    };
  });

  afterEach(async () => {
    await bench.close();
    await target.close();
  });

  const add = (name: string, targetId: string, fields: object = {}) => {
    const task: HttpTask = { type: 'http', target: targetId, path: `/${name}`, method: 'POST', headers: {} };
    return bench.addHandler({ name, event: 'clients.update', task, ...fields });
  };
  const publish = async (id: string, objectId = id, type = 'clients.update') =>
    (await bench.billing()).publish({ type, id, objectId });
  const allEnded = (count: number) =>
    eventually(async () => {
      const [row] = await bench.database.query<{ ended: number }[]>(
        `select count(*)::integer as ended from events where status <> 'waiting'`,
      );
      return row!.ended >= count ? true : undefined;
    }, 50_000);

  it('keep a rate over all executors, whichever lane an event is in; waiting for it is no attempt', async () => {
    const id = await bench.addTarget({ baseUrl: target.url(), rate: { perSecond: 40, burst: 5 } });
    await add('one', id, { priority: 1 });
    for (let n = 0; n < 4; n++) await bench.startExecutor();
    const count = 400;
    // One connection publishes them, in their order.
    await bench.billing();
    await Promise.all(Array.from({ length: count }, (_, n) => publish(`e-${String(n)}`, `k-${String(n % 200)}`)));
    // Those that would wait for long do so in the slow lane.
    const reasons = await eventually(async () => {
      const rows = await bench.database.query<{ reason: string }[]>(
        `select distinct reason from deferral_keys where reason <> 'behind'`,
      );
      return rows.length > 0 ? rows.map(({ reason }) => reason) : undefined;
    });
    expect(reasons).toEqual(['rate_limited']);
    await allEnded(count);
    const times = arrivals.map(({ at }) => at);
    expect(times).toHaveLength(count);
    expect(busiestSpan(times, 10_000)).toBeLessThanOrEqual(1.05 * 400 + 5);
    // While there is work, and not while executors that begin look for it.
    const [from, to] = [times[80]!, times.at(-40)!];
    const steady = times.filter((time) => time >= from && time < to);
    expect(steady.length).toBeGreaterThanOrEqual((0.9 * 40 * (to - from)) / 1_000);
    const [attempts] = await bench.database.query<object[]>(
      'select count(*)::integer as made, max(number) as most from attempts',
    );
    expect(attempts).toEqual({ made: count, most: 1 });
    for (let n = 0; n < 200; n++) {
      const ofKey = arrivals.map(({ event }) => event).filter((event) => Number(event.slice(2)) % 200 === n);
      expect(ofKey).toEqual([`e-${String(n)}`, `e-${String(n + 200)}`]);
    }
  });

  it('keep calls in flight over all executors', async () => {
    const id = await bench.addTarget({ baseUrl: target.url(), maxConcurrency: 6 });
    await add('slow', id);
    let inFlight = 0;
    let most = 0;
    target.reply = async (_call, response) => {
      most = Math.max(most, ++inFlight);
      await delay(50);
      inFlight--;
      response.end();
    };
    for (let n = 0; n < 3; n++) await bench.startExecutor();
    const count = 300;
    for (let n = 0; n < count; n++) await publish(`e-${String(n)}`);
    const startedAt = performance.now();
    await allEnded(count);
    expect(most).toBeLessThanOrEqual(6);
    expect(most).toBeGreaterThanOrEqual(5);
    expect(performance.now() - startedAt).toBeLessThan((count / 6) * 50 * 4);
    expect(target.calls).toHaveLength(count);
  });

  it('hold up no other handler, whose target takes calls at once', async () => {
    const slow = await bench.addTarget({ baseUrl: target.url(), rate: { perSecond: 1, burst: 1 } });
    for (let n = 0; n < 4; n++) await add(`slow-${String(n)}`, slow, { event: 'clients.update', priority: n + 1 });
    const free = await bench.addTarget({ baseUrl: target.url() });
    await add('free', free, { event: 'clients.create' });
    await bench.startExecutor();
    for (let n = 0; n < 300; n++) await publish(`slow-${String(n)}`);
    await eventually(async () => {
      const rows = await bench.database.query<object[]>(`select from deferral_keys where reason = 'rate_limited'`);
      return rows.length > 200 ? true : undefined;
    });
    const startedAt = performance.now();
    for (let n = 0; n < 50; n++) await publish(`free-${String(n)}`, `free-${String(n)}`, 'clients.create');
    await eventually(() => (arrivals.filter(({ event }) => event.startsWith('free')).length === 50 ? true : undefined));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it.each([
    ['removed', { rate: null }],
    ['raised', { rate: { perSecond: 1_000, burst: 100 } }],
  ])('apply to what waits already as soon as a rate is %s', async (_, change) => {
    const id = await bench.addTarget({ baseUrl: target.url(), rate: { perSecond: 0.05, burst: 1 } });
    await add('changed', id);
    await bench.startExecutor();
    for (let n = 0; n < 30; n++) await publish(`e-${String(n)}`);
    await eventually(async () => {
      const rows = await bench.database.query<object[]>(`select from deferral_keys where reason = 'rate_limited'`);
      return rows.length >= 28 ? true : undefined;
    });
    await bench.change('targets', id, change);
    const startedAt = performance.now();
    await allEnded(30);
    expect(arrivals).toHaveLength(30);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('apply to what waits already as soon as there may be more calls', async () => {
    const id = await bench.addTarget({ baseUrl: target.url(), maxConcurrency: 1 });
    await add('more', id);
    const open: (() => void)[] = [];
    target.reply = (_call, response) => void open.push(() => response.end());
    await bench.startExecutor();
    for (let n = 0; n < 8; n++) await publish(`e-${String(n)}`);
    await eventually(async () => {
      const rows = await bench.database.query<object[]>(`select from deferral_keys where reason = 'rate_limited'`);
      return rows.length >= 6 ? true : undefined;
    });
    expect(open).toHaveLength(1);
    await bench.change('targets', id, { max_concurrency: 4 });
    const startedAt = performance.now();
    await eventually(() => (open.length === 4 ? true : undefined));
    await bench.change('targets', id, { max_concurrency: null });
    await eventually(() => (open.length === 8 ? true : undefined));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    for (const end of open) end();
    await allEnded(8);
  });
});
