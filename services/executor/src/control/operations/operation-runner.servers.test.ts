import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v4 as uuidv4 } from 'uuid';
import { BrokerError } from '#broker';
import { OperationBench, type NewEvent } from './testing/operation-bench.ts';

/** Long enough, at the rate of a replay, for a test to do something in the middle. */
const many = 300;

function events(count: number, name = 'event'): NewEvent[] {
  return Array.from({ length: count }, (_, n) => ({ eventId: `${name} ${n}`, key: `key ${n % 7}` }));
}

const idsOf = (all: NewEvent[]) => all.map(({ eventId }) => eventId);

describe('an operation runner', () => {
  let bench: OperationBench;

  beforeEach(async () => {
    bench = await OperationBench.open();
  });

  afterEach(() => bench.close());

  /** What has arrived of each key, in that order. */
  const byKey = (ids: (string | undefined)[]) => Map.groupBy(ids, (id) => Number(id?.split(' ').at(-1)) % 7);

  it('sends what a replay is about to the intake, the oldest first, and says how far it is', async () => {
    const sent = events(120);
    const journal = await bench.addEvents(...sent);
    const handlerIds = [uuidv4(), uuidv4()];
    const id = await bench.addReplay({ handlerIds });
    bench.startRunner();
    expect(await bench.finished(id)).toMatchObject({
      total: 120,
      released: 120,
      position: journal.at(-1),
      lease_id: null,
      lease_until: null,
    });
    await bench.arrived(120);
    expect(byKey(bench.arrivedIds)).toEqual(byKey(idsOf(sent)));
    for (const { event, replay } of bench.arrivals) {
      expect(replay).toEqual({ id, handlerIds });
      expect(event.partitionKey).toBe(sent.find(({ eventId }) => eventId === event.id)?.key);
    }
  });

  it('sends a body as the journal has it, and for all handlers when none are named', async () => {
    const body =
      '{ "event": {"id":"exact", "dt":"2026-03-01T09:15:00+00:00","events_id":"clients.update","object_id":12},"data":{"n":1.0}}';
    await bench.addEvents({ eventId: 'exact', body });
    await bench.addReplay({ eventId: 'exact' });
    bench.startRunner();
    await bench.arrived(1);
    expect(bench.arrivals[0]).toMatchObject({ event: { id: 'exact', body }, replay: { handlerIds: null } });
  });

  it('looks when it is told to, and not for what is done', async () => {
    const [first] = await bench.addEvents({ eventId: 'first' }, { eventId: 'second' });
    const done = await bench.addReplay({ eventId: 'first' });
    const runner = bench.startRunner();
    expect(await bench.finished(done)).toMatchObject({ total: 1, released: 1, position: first });
    const asked = await bench.addReplay({ eventId: 'second' });
    runner.look();
    await bench.finished(asked);
    await bench.arrived(2);
    expect(bench.arrivedIds).toEqual(['first', 'second']);
  });

  it('ends a replay that is about nothing', async () => {
    const id = await bench.addReplay({ eventId: 'of nobody' });
    bench.startRunner();
    expect(await bench.finished(id)).toMatchObject({ total: 0, released: 0, position: null });
  });

  it('does not begin what was cancelled before', async () => {
    await bench.addEvents({ eventId: 'unwanted' }, { eventId: 'wanted' });
    const cancelled = await bench.addReplay({ eventId: 'unwanted' });
    await bench.cancel(cancelled);
    const wanted = await bench.addReplay({ eventId: 'wanted' });
    bench.startRunner();
    await bench.finished(wanted);
    await bench.arrived(1);
    expect(bench.arrivedIds).toEqual(['wanted']);
    expect(await bench.run(cancelled)).toBeUndefined();
  });

  it('ends a replay that is cancelled midway', async () => {
    await bench.addEvents(...events(many));
    const id = await bench.addReplay();
    bench.startRunner();
    await bench.arrived(1);
    await bench.cancel(id);
    const { total, released } = await bench.finished(id);
    expect(total).toBe(many);
    expect(released).toBeLessThan(many);
    await bench.arrived(released);
    expect(bench.arrivals).toHaveLength(released);
  });

  it('sends at most 250 events a second', async () => {
    await bench.addEvents(...events(150));
    const id = await bench.addReplay();
    bench.startRunner();
    const { started_at, finished_at } = await bench.finished(id);
    // A timer may be a millisecond early.
    expect(finished_at!.getTime() - started_at.getTime()).toBeGreaterThan(590);
  });

  it('passes over what is no event any more, and does not count it', async () => {
    const journal = await bench.addEvents(
      { eventId: 'before' },
      { eventId: 'broken', body: '{"event": {}}' },
      { eventId: 'of old', type: 'clients.forgotten' },
      { eventId: 'after' },
    );
    const id = await bench.addReplay();
    bench.startRunner();
    expect(await bench.finished(id)).toMatchObject({ total: 2, released: 2, position: journal[3] });
    await bench.arrived(2);
    expect(bench.arrivedIds).toEqual(['before', 'after']);
  });

  it('sends an event whose id came in several occurrences once, as it was the last time', async () => {
    await bench.addEvents({ eventId: 'same id' }, { eventId: 'other' }, { eventId: 'same id' });
    const id = await bench.addReplay();
    bench.startRunner();
    expect(await bench.finished(id)).toMatchObject({ released: 2 });
    await bench.arrived(2);
    expect(bench.arrivedIds).toEqual(['other', 'same id']);
  });

  it('gives up what cannot be made, and goes on with the next', async () => {
    await bench.addEvents({ eventId: 'event' });
    const impossible = await bench.addReplay({ filter: { from: 'yesterday' } });
    const id = await bench.addReplay();
    bench.startRunner();
    expect(await bench.finished(impossible)).toMatchObject({ total: 0, released: 0 });
    expect(await bench.finished(id)).toMatchObject({ total: 1, released: 1 });
  });

  it('goes on where an executor was that died, and not while that one may be alive', async () => {
    const sent = events(5);
    const journal = await bench.addEvents(...sent);
    const [dead, alive] = [await bench.addReplay(), await bench.addReplay()];
    const insert = `insert into operation_runs (operation_id, total, released, position, lease_id, lease_until)
      values ($1, 5, 2, $2, gen_random_uuid(), now() + $3::interval)`;
    await bench.pool.query(insert, [dead, journal[1], '-1 second']);
    await bench.pool.query(insert, [alive, journal[1], '1 hour']);
    const last = await bench.addReplay({ eventId: 'event 0' });
    bench.startRunner();
    expect(await bench.finished(dead)).toMatchObject({ total: 5, released: 5, position: journal[4] });
    await bench.finished(last);
    await bench.arrived(4);
    const ofDead = bench.arrivals.filter(({ replay }) => replay?.id === dead).map(({ event }) => event.id);
    expect(byKey(ofDead)).toEqual(byKey(idsOf(sent.slice(2))));
    expect(await bench.run(alive)).toMatchObject({ released: 2, finished_at: null });
  });

  it('brings a cancelled replay to its end whose executor died', async () => {
    const id = await bench.addReplay();
    await bench.addEvents(...events(3));
    await bench.pool.query('insert into operation_runs (operation_id, total, released) values ($1, 3, 2)', [id]);
    await bench.cancel(id);
    bench.startRunner();
    expect(await bench.finished(id)).toMatchObject({ total: 3, released: 2 });
    expect(bench.arrivals).toEqual([]);
  });

  it('stops sending when another executor has taken the replay over', async () => {
    await bench.addEvents(...events(many));
    const id = await bench.addReplay();
    const runner = bench.startRunner();
    await bench.arrived(1);
    const other = uuidv4();
    const takeOver = `update operation_runs set lease_id = $2, lease_until = now() + interval '1 hour' where operation_id = $1`;
    await bench.pool.query(takeOver, [id, other]);
    // What it makes next shows that it has left the other.
    await bench.addEvents({ eventId: 'next' });
    const next = await bench.addReplay({ eventId: 'next' });
    runner.look();
    await bench.finished(next);
    expect(await bench.run(id)).toMatchObject({ lease_id: other, finished_at: null });
    expect(bench.arrivals.length).toBeLessThan(many);
  });

  it('shares replays with others, each made by one', async () => {
    await bench.addEvents(...events(20));
    const ids: string[] = [];
    for (let n = 0; n < 10; n++) ids.push(await bench.addReplay({ filter: { partitionKey: `key ${n % 7}` } }));
    for (let n = 0; n < 3; n++) bench.startRunner();
    const runs = await Promise.all(ids.map((id) => bench.finished(id)));
    const total = runs.reduce((sum, run) => sum + run.total, 0);
    await bench.arrived(total);
    for (const [index, id] of ids.entries()) {
      expect(bench.arrivals.filter(({ replay }) => replay?.id === id)).toHaveLength(runs[index]!.total);
    }
    expect(runs.every((run) => run.released === run.total)).toBe(true);
  });

  it('leaves the rest to others at once when it stops, and nothing is sent twice', async () => {
    const sent = events(many);
    await bench.addEvents(...sent);
    const id = await bench.addReplay();
    const first = bench.startRunner();
    await bench.arrived(1);
    await Promise.all([first.stop(), first.stop()]);
    const { released, finished_at } = (await bench.run(id))!;
    expect(finished_at).toBeNull();
    expect(released).toBeLessThan(many);
    first.start();
    bench.startRunner();
    expect(await bench.finished(id)).toMatchObject({ total: many, released: many });
    await bench.arrived(many);
    expect(bench.arrivals).toHaveLength(many);
    expect(byKey(bench.arrivedIds)).toEqual(byKey(idsOf(sent)));
  });

  it('does not keep a single event waiting for a long replay', async () => {
    await bench.addEvents(...events(many), { eventId: 'single' });
    const long = await bench.addReplay();
    const runner = bench.startRunner();
    await bench.arrived(1);
    const single = await bench.addReplay({ eventId: 'single' });
    runner.look();
    const { finished_at } = await bench.finished(single);
    const run = await bench.finished(long);
    expect(finished_at!.getTime()).toBeLessThan(run.finished_at!.getTime());
    expect(run).toMatchObject({ total: many + 1, released: many + 1 });
  });

  it('loses nothing, and sends nothing twice, when its database connections break', async () => {
    await bench.addEvents(...events(many));
    const id = await bench.addReplay();
    bench.startRunner();
    for (const count of [1, 60, 160]) {
      await bench.arrived(count);
      await bench.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'provisor-executor'`,
        )
        // It ends the connection that asks for it as well.
        .catch(() => undefined);
    }
    expect(await bench.finished(id)).toMatchObject({ total: many, released: many });
    await bench.arrived(many);
    expect(bench.arrivals).toHaveLength(many);
  });

  it('waits for a broker that is away, and sends in order when it is back', async () => {
    const sent = events(60);
    await bench.addEvents(...sent);
    const id = await bench.addReplay();
    let calls = 0;
    bench.startRunner({
      publish: (message) => {
        calls++;
        if ([1, 30, 31].includes(calls)) return Promise.reject(new BrokerError('disconnected', 'the broker is away'));
        return bench.publisher.publish(message);
      },
    });
    expect(await bench.finished(id)).toMatchObject({ total: 60, released: 60 });
    await bench.arrived(60);
    expect(byKey(bench.arrivedIds)).toEqual(byKey(idsOf(sent)));
  });

  it('stops without delay while the broker is away', async () => {
    await bench.addEvents({ eventId: 'event' });
    const id = await bench.addReplay();
    const tried = Promise.withResolvers<undefined>();
    const runner = bench.startRunner({
      publish: () => {
        tried.resolve(undefined);
        return Promise.reject(new BrokerError('disconnected', 'the broker is away'));
      },
    });
    await tried.promise;
    await runner.stop();
    const { rows } = await bench.pool.query<{ free: boolean }>(
      'select lease_until <= now() as free from operation_runs where operation_id = $1',
      [id],
    );
    expect(rows).toEqual([{ free: true }]);
  });
});
