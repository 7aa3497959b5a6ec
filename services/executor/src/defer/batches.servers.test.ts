import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { createPool, Leases, type Pool } from '#database';
import type { EventEnd } from '../record/run.ts';
import { Workbench } from '../testing/workbench.ts';
import { Claim, claimDue, waitingKeys, type Places } from './claims.ts';
import { firstRecords, runOf, type WholeRecord } from './deferred-event.ts';
import { completeAll, type Completion } from './completion.ts';

const succeeded: EventEnd = { status: 'succeeded', failed: false, skipped: [], disabled: [], rest: null, detached: [] };
const places = (usual: number, limited: Places['limited'] = new Map()): Places => ({
  usual,
  special: new Map(),
  limited,
});

describe('the slow lane, many keys at once', () => {
  let bench: Workbench;
  let pool: Pool;
  let leases: Leases;

  beforeAll(async () => {
    bench = await Workbench.open();
    pool = createPool(bench.sandbox.executorDatabaseUrl, () => undefined);
    leases = new Leases(pool, waitingKeys, () => undefined);
  });

  afterAll(async () => {
    await pool.end();
    await bench.close();
  });

  beforeEach(async () => {
    await bench.database.query('truncate events, deferrals, deferral_keys');
  });

  /** Puts one event for each of this number of keys into the lane. They wait for a handler and are due. */
  const fill = async (handlerId: string, prefix: string, count: number): Promise<void> => {
    await bench.database.query(
      `with made as (
         select gen_random_uuid() as id, $2 || '-' || n as name from generate_series(1, $3::integer) as n
       ), bodies as (
         select *, format('{"event":{"id":"%s","dt":"2026-03-01T09:15:00Z","events_id":"clients.update","object_id":1},"data":{}}', name)
           as body from made
       ), event as (
         insert into events (id, event_id, type, object_id, partition_key, status, occurred_at, received_at, revision,
           skipped, body)
         select id, name, 'clients.update', '1', name, 'waiting', now(), now(), 1, '{}', body from bodies
       ), waiting_key as (
         insert into deferral_keys (key, due_at, handler_id, reason, detached)
         select name, now(), $1, 'retry', false from bodies
       )
       insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body)
       select name, id, name, 'clients.update', '1', name, now(), body from bodies`,
      [handlerId, prefix, count],
    );
  };

  const claim = async (usual: number, most = 1_000) => {
    const askedAt = performance.now();
    return (await claimDue(pool, places(usual), most)).map((row) => new Claim(leases, row, askedAt, false));
  };

  /** Completions of claimed keys whose events have succeeded. */
  const completionsOf = async (claims: readonly Claim[]): Promise<Completion[]> => {
    const records = await firstRecords(
      pool,
      claims.map(({ key }) => key),
    );
    return claims.map((claimed) => {
      const record = records.get(claimed.key) as WholeRecord;
      return { claim: claimed, record, ended: { run: runOf(record, 1), end: succeeded } };
    });
  };

  const statuses = async () => {
    const rows = await bench.database.query<{ status: string; count: number }[]>(
      'select status, count(*)::integer as count from events group by 1 order by 1',
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  };
  const waiting = async () => {
    const [row] = await bench.database.query<{ keys: number; events: number }[]>(
      `select (select count(*) from deferral_keys)::integer as keys, (select count(*) from deferrals)::integer as events`,
    );
    return row;
  };

  it('gives each handler its share, however many keys wait for another', async () => {
    const [busy, other] = [uuidv7(), uuidv7()];
    await fill(busy, 'busy', 300);
    await fill(other, 'other', 10);
    const claimed = Map.groupBy(await claim(64), ({ handlerId }) => handlerId);
    expect(claimed.get(busy)).toHaveLength(64);
    expect(claimed.get(other)).toHaveLength(10);
  });

  it('gives an operation no more keys of a target with limits than it can call, and all of the others', async () => {
    const targetId = await bench.addTarget({ baseUrl: 'http://127.0.0.1:9' });
    const task = { type: 'http', target: targetId, method: 'POST', headers: {} } as const;
    const limited = await bench.addHandler({ name: 'limited', event: 'clients.update', task });
    const free = uuidv7();
    await fill(limited, 'limited', 300);
    await fill(free, 'free', 100);
    await bench.database.query('update deferral_keys set operation_id = gen_random_uuid()');
    const rows = await claimDue(pool, places(64, new Map([[targetId, 5]])), 1_000);
    const claimed = Map.groupBy(rows, ({ handlerId }) => handlerId);
    expect(claimed.get(limited)).toHaveLength(5);
    expect(claimed.get(free)).toHaveLength(100);
  });

  it('gives a key to one executor, when several claim at the same time', async () => {
    await fill(uuidv7(), 'shared', 500);
    const claims = (await Promise.all([claim(200), claim(200), claim(200)])).flat();
    expect(new Set(claims.map(({ key }) => key)).size).toBe(claims.length);
    expect(claims.length).toBeGreaterThanOrEqual(200);
  });

  it('completes many keys in one transaction, and ends their events', async () => {
    await fill(uuidv7(), 'many', 300);
    const completions = await completionsOf(await claim(300));
    expect(new Set((await completeAll(pool, completions)).map(({ kind }) => kind))).toEqual(new Set(['done']));
    expect(await statuses()).toEqual({ succeeded: 300 });
    expect(await waiting()).toEqual({ keys: 0, events: 0 });
  });

  it('changes nothing for an executor that lost its lease, and completes the rest of its keys', async () => {
    await fill(uuidv7(), 'lost', 3);
    const claims = await claim(3);
    const completions = await completionsOf(claims);
    await bench.database.query(
      `update deferral_keys set lease_id = gen_random_uuid(), lease_until = now() + interval '1 hour' where key = $1`,
      [claims[1]!.key],
    );
    expect((await completeAll(pool, completions)).map(({ kind }) => kind)).toEqual(['done', 'lost', 'done']);
    expect(await statuses()).toEqual({ succeeded: 2, waiting: 1 });
    expect(await waiting()).toEqual({ keys: 1, events: 1 });
  });

  it('changes nothing when a completion is repeated whose answer was lost', async () => {
    await fill(uuidv7(), 'again', 2);
    const completions = await completionsOf(await claim(2));
    await completeAll(pool, completions);
    expect((await completeAll(pool, completions)).map(({ kind }) => kind)).toEqual(['lost', 'lost']);
    expect(await statuses()).toEqual({ succeeded: 2 });
  });

  it('knows of a key whether its progress is complete, or the executor before died or stopped in the middle', async () => {
    const handlerId = uuidv7();
    await fill(handlerId, 'key', 3);
    const [given, stopped, left] = await claim(3);
    const [back, middle] = await completionsOf([given!, stopped!]);
    const progress = { revision: 1, steps: [] };
    const rest = {
      key: given!.key,
      detached: false,
      handlerId,
      reason: 'retry',
      cause: 'timeout',
      delayMs: 0,
      progress,
    } as const;
    const waits = { run: back!.ended!.run, end: { ...succeeded, status: 'waiting', rest } as const };
    await completeAll(pool, [
      { ...back!, ended: waits },
      { ...middle!, ended: null },
    ]);
    await bench.database.query('update deferral_keys set lease_until = now() where key = $1', [left!.key]);
    const again = new Map((await claim(3)).map(({ key, takenOver }) => [key, takenOver]));
    expect([given, stopped, left].map((before) => again.get(before!.key))).toEqual([false, true, true]);
  });
});
