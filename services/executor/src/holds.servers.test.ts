import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { operationChangedPattern, retryDeferralPattern, testHandlerPattern, type HttpTask } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Requester } from '../../../test/support/requester.ts';
import { busiestSpan } from '../../../test/support/busiest-span.ts';
import { Workbench } from './testing/workbench.ts';

const soon = { maxAttempts: 5, schedule: ['100ms'] };

describe('while a handler or a target is held', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let arrivals: { at: number; event: string; path: string }[];

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    arrivals = [];
    target.reply = ({ headers, path }, response) => {
      arrivals.push({ at: performance.now(), event: String(headers['provisor-event-id']), path });
      response.end();
    };
  });

  afterEach(async () => {
    await bench.close();
    await target.close();
  });

  const task = (path: string): HttpTask => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} });
  const add = (name: string, fields: object = {}) =>
    bench.addHandler({ name, event: 'clients.update', task: task(`/${name}`), retry: soon, ...fields });
  const publish = async (id: string, objectId = id, type = 'clients.update') =>
    (await bench.billing()).publish({ type, id, objectId });
  const keys = () =>
    bench.database.query<{ key: string; reason: string; held_by: string | null; detached: boolean; cause: string }[]>(
      'select key, reason, held_by, detached, cause from deferral_keys order by due_at',
    );
  const waiting = (count: number, reason = 'held') =>
    eventually(async () => {
      const rows = await keys();
      return rows.filter((row) => row.reason === reason).length === count ? rows : undefined;
    });
  const ended = (id: string) =>
    eventually(async () => {
      const row = await bench.event(id);
      return row.status === 'waiting' ? undefined : row;
    });
  const attemptsOf = async (id: string) => (await bench.attempts(id)).map(({ number, status }) => [number, status]);

  it('nothing of it is called, its events wait in order and uncounted, and continue when it is released', async () => {
    await add('first', { priority: 1 });
    const id = await add('second', { priority: 2 });
    await bench.startExecutor();
    await bench.hold('handlers', id);
    for (const event of ['a1', 'a2', 'a3']) await publish(event, 'a');
    await publish('b1', 'b');
    const rows = await waiting(2);
    expect(rows).toMatchObject([{ held_by: id }, { held_by: id }]);
    await eventually(async () => ((await bench.event('a3')).status === 'waiting' ? true : undefined));
    // What comes before it in the plan has run.
    expect(arrivals.map(({ path }) => path)).toEqual(['/first', '/first']);
    await bench.release('handlers', id);
    for (const event of ['a1', 'a2', 'a3', 'b1']) expect(await ended(event)).toMatchObject({ status: 'succeeded' });
    const ofA = arrivals.filter(({ event }) => event.startsWith('a'));
    expect(ofA.map(({ event, path }) => `${event}${path}`)).toEqual([
      ...['a1/first', 'a1/second', 'a2/first', 'a2/second', 'a3/first', 'a3/second'],
    ]);
    expect(await attemptsOf('a1')).toEqual([
      [1, 'succeeded'],
      [1, 'succeeded'],
    ]);
    expect(await keys()).toEqual([]);
  });

  it('all handlers of a target are, and handlers of others are not', async () => {
    const held = await bench.addTarget({ baseUrl: target.url() });
    const through = (path: string): HttpTask => ({ type: 'http', target: held, path, method: 'POST', headers: {} });
    await add('one', { task: through('/one') });
    await add('two', { task: through('/two'), event: 'clients.create' });
    await add('free', { event: 'clients.delete' });
    await bench.startExecutor();
    await bench.hold('targets', held);
    await publish('one');
    await publish('two', 'two', 'clients.create');
    await publish('free', 'free', 'clients.delete');
    expect(await waiting(2)).toMatchObject([{ held_by: held }, { held_by: held }]);
    expect(await ended('free')).toMatchObject({ status: 'succeeded' });
    expect(arrivals.map(({ path }) => path)).toEqual(['/free']);
    await bench.release('targets', held);
    expect(await ended('one')).toMatchObject({ status: 'succeeded' });
    expect(await ended('two')).toMatchObject({ status: 'succeeded' });
  });

  it('with onFailure detach its execution alone waits', async () => {
    const id = await add('detached', { priority: 1, onFailure: 'detach' });
    await add('after', { priority: 2 });
    await bench.startExecutor();
    await bench.hold('handlers', id);
    await publish('one', 'a');
    await publish('two', 'a');
    expect(await waiting(2)).toMatchObject([
      { detached: true, held_by: id },
      { detached: true, held_by: id },
    ]);
    expect(arrivals.map(({ event, path }) => event + path)).toEqual(['one/after', 'two/after']);
    await bench.release('handlers', id);
    expect(await ended('one')).toMatchObject({ status: 'succeeded' });
    expect(await ended('two')).toMatchObject({ status: 'succeeded' });
  });

  it('it ends by itself at its time', async () => {
    const id = await add('until');
    await bench.startExecutor();
    await bench.hold('handlers', id, new Date(Date.now() + 3_000).toISOString());
    await publish('one');
    await waiting(1);
    const until = performance.now();
    expect(await ended('one')).toMatchObject({ status: 'succeeded' });
    expect(arrivals).toHaveLength(1);
    expect(performance.now() - until).toBeLessThan(6_000);
  });

  it('a retry that comes due does not call, and keeps the number of its attempt', async () => {
    const id = await add('failing');
    let status = 503;
    target.reply = ({ headers }, response) => {
      arrivals.push({ at: 0, event: String(headers['provisor-attempt']), path: '' });
      response.writeHead(status).end();
    };
    await bench.startExecutor();
    await bench.change('handlers', id, { retry: { maxAttempts: 3, schedule: ['1s'] } });
    await publish('one');
    await waiting(1, 'retry');
    await bench.hold('handlers', id);
    expect(await waiting(1)).toMatchObject([{ reason: 'held', cause: 'http_status' }]);
    expect(arrivals).toHaveLength(1);
    status = 200;
    await bench.release('handlers', id);
    expect(await ended('one')).toMatchObject({ status: 'succeeded' });
    expect(arrivals.map(({ event }) => event)).toEqual(['1', '2']);
  });

  it('a test runs; a retry that a person asks for does not, and counts as failed for its operation', async () => {
    const id = await add('tested');
    await bench.startExecutor();
    await bench.hold('handlers', id);
    await publish('one', 'key');
    await waiting(1);
    const requester = await Requester.connect(bench.sandbox.amqpUrl);
    try {
      const body = JSON.stringify({
        event: { id: 't-1', dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 1 },
        data: {},
      });
      const command = { handlerId: id, body, partitionKey: 'test', traceparent: null };
      const { response } = await requester.ask(testHandlerPattern, command);
      expect(response).toMatchObject({ outcome: 'success' });
      expect(arrivals).toHaveLength(1);
      const { key } = (await keys())[0]!;
      expect(await requester.ask(retryDeferralPattern, { key })).toMatchObject({ response: { kind: 'taken' } });
      await eventually(async () => {
        const rows = await bench.database.query<object[]>('select from deferral_keys where lease_until is null');
        return rows.length === 1 ? true : undefined;
      });
      const operationId = uuidv7();
      await bench.database.query(
        `insert into operations (id, kind, created_at, created_by, filter) values ($1, 'retry', now(), 'test', '{}')`,
        [operationId],
      );
      requester.tell(operationChangedPattern, { operationId });
      const run = await eventually(async () => {
        const [row] = await bench.database.query(
          'select total, released, succeeded, failed, unneeded from operation_runs where finished_at is not null',
        );
        return row;
      });
      expect(run).toEqual({ total: 1, released: 1, succeeded: 0, failed: 1, unneeded: 0 });
      expect(arrivals).toHaveLength(1);
      expect(await waiting(1)).toMatchObject([{ held_by: id }]);
    } finally {
      await requester.close();
    }
    await bench.release('handlers', id);
    expect(await ended('one')).toMatchObject({ status: 'succeeded' });
  });

  it('what waits behind an event that fails after the release keeps to the pace as well', async () => {
    const held = await bench.addTarget({ baseUrl: target.url(), releasePerSecond: 5 });
    await add('failing', { task: { type: 'http', target: held, method: 'POST', headers: {} } });
    await bench.startExecutor();
    await bench.hold('targets', held);
    const ids = Array.from({ length: 8 }, (_, n) => `e-${String(n)}`);
    for (const id of ids) await publish(id, 'one key');
    await waiting(1);
    await eventually(async () => ((await bench.event('e-7')).status === 'waiting' ? true : undefined));
    target.reply = ({ headers, path }, response) => {
      const event = String(headers['provisor-event-id']);
      arrivals.push({ at: performance.now(), event, path });
      const fails = event === 'e-0' && headers['provisor-attempt'] === '1';
      response.writeHead(fails ? 503 : 200).end();
    };
    await bench.release('targets', held);
    for (const id of ids) expect(await ended(id)).toMatchObject({ status: 'succeeded' });
    expect(arrivals.map(({ event }) => event)).toEqual(['e-0', ...ids]);
    // Slots are given a fifth of a second ahead.
    const times = arrivals.map(({ at }) => at);
    expect(busiestSpan(times, 1_000)).toBeLessThanOrEqual(5 + 1);
  });

  it('many keys wait, and continue at its pace over all executors, in order of waiting, and none is lost', async () => {
    const held = await bench.addTarget({ baseUrl: target.url(), releasePerSecond: 20 });
    await add('paced', { task: { type: 'http', target: held, method: 'POST', headers: {} } });
    const executors = [];
    for (let n = 0; n < 3; n++) executors.push(await bench.startExecutor());
    await bench.hold('targets', held);
    const ids = Array.from({ length: 60 }, (_, n) => `e-${String(n).padStart(2, '0')}`);
    // Behind some of them another event waits.
    for (const id of ids) await publish(id, id);
    await waiting(60);
    for (const id of ids.slice(0, 20)) await publish(`${id}+`, id);
    for (const id of ids.slice(0, 20)) {
      await eventually(async () => ((await bench.event(`${id}+`)).status === 'waiting' ? true : undefined));
    }
    const startedAt = performance.now();
    await bench.release('targets', held);
    // What does not wait is not slowed down.
    const live = performance.now();
    await publish('live', 'live');
    expect(await ended('live')).toMatchObject({ status: 'succeeded' });
    expect(performance.now() - live).toBeLessThan(2_000);
    // One of the executors leaves in the middle of it.
    await executors[0]!.stop();
    for (const id of ids) expect(await ended(id)).toMatchObject({ status: 'succeeded' });
    for (const id of ids.slice(0, 20)) expect(await ended(`${id}+`)).toMatchObject({ status: 'succeeded' });
    const released = arrivals.filter(({ event }) => event !== 'live');
    expect(released).toHaveLength(80);
    const times = released.map(({ at }) => at);
    expect(busiestSpan(times, 1_000)).toBeLessThanOrEqual(20 + 1 + 6);
    expect(times.at(-1)! - startedAt).toBeGreaterThan((79 / 20) * 1_000 - 300);
    expect(times.at(-1)! - startedAt).toBeLessThan((80 / 20) * 1_000 * 2.5);
    for (const id of ids.slice(0, 20)) {
      const ofKey = released.filter(({ event }) => event === id || event === `${id}+`).map(({ event }) => event);
      expect(ofKey).toEqual([id, `${id}+`]);
    }
    // In order of waiting, as far as three executors agree on it that take turns by chance.
    const places = released.filter(({ event }) => !event.endsWith('+')).map(({ event }) => ids.indexOf(event));
    for (const [index, place] of places.entries()) expect(Math.abs(place - index)).toBeLessThan(45);
    expect(await keys()).toEqual([]);
  });
});
