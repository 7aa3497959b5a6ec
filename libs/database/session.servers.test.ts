import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { closeToWrites, endSessions, hostileDefaults, setDefaults } from '../../test/support/database-defaults.ts';
import { eventually } from '../../test/support/eventually.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { dataSourceOptions, migrate, poolOf } from '#orm';
import { databaseTrouble } from './database-trouble.ts';
import { createPool, type SessionPool } from './pool.ts';
import { assertOwnSessions } from './pooler.ts';
import { sessionSettings } from './session.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(async () => sandbox.dispose());

/** The pools of both services: the executor's own, and the one that TypeORM makes for the registry. */
async function pools(): Promise<{ executor: SessionPool; registry: SessionPool; end: () => Promise<unknown> }> {
  const executor = createPool(sandbox.databaseUrl, () => undefined);
  const source = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
  return {
    executor,
    registry: poolOf(source),
    end: () => Promise.all([executor.end(), source.destroy()]),
  };
}

describe('a session', () => {
  it('has what the statements rely on, whatever the database has for its defaults', async () => {
    await setDefaults(sandbox.databaseUrl, hostileDefaults);
    const { executor, registry, end } = await pools();
    for (const [pool, planning] of [
      [executor, 'by-index'],
      [registry, 'freely'],
    ] as const) {
      const { rows } = await pool.query<{ name: string; value: string; wanted: string }>(
        `select name, current_setting(name, true) as value, wanted from unnest($1::text[], $2::text[]) as w (name, wanted)
         where current_setting(name, true) is not null`,
        [Object.keys(sessionSettings(planning)), Object.values(sessionSettings(planning))],
      );
      const wanted = rows.map(({ name, wanted }) => [name, wanted === '10000' ? '10s' : wanted]);
      expect(rows.map(({ name, value }) => [name, value])).toEqual(wanted);
      expect(Object.keys(hostileDefaults).filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
    }
    await end();
  });

  it('reads and writes values as anywhere else, and so do migrations', async () => {
    const { registry, executor, end } = await pools();
    const source = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
    expect((await migrate(source)).length).toBeGreaterThan(0);
    await source.destroy();
    for (const pool of [registry, executor]) {
      const { rows } = await pool.query<object>(
        `select timestamptz '2026-03-05 09:15:00+00' as at, bytea '\\x00ff' as bytes, float8 '0.1' + 0.2 as sum, '{a,NULL}'::text[] as list,
           'catalog'::regclass::text as name, interval '1 day 2 hours'::text as span`,
      );
      expect(rows).toEqual([
        {
          at: new Date('2026-03-05T09:15:00Z'),
          bytes: Buffer.from([0, 255]),
          sum: 0.30000000000000004,
          list: ['a', null],
          name: 'catalog',
          span: '1 day 02:00:00',
        },
      ]);
    }
    await end();
  });
});

it('long values are compressed with LZ4 where the server has it, and without it are written all the same', async () => {
  await setDefaults(sandbox.databaseUrl, { default_toast_compression: 'pglz' });
  const { executor, registry, end } = await pools();
  await executor.query('create table public.long_values (value text)');
  for (const pool of [executor, registry]) {
    await pool.query(
      `insert into long_values select string_agg('client ' || n, ', ') from generate_series(1, 1000) as n`,
    );
  }
  const { rows } = await executor.query<{ used: string; offered: string }>(
    `select pg_column_compression(value) as used, enumvals::text as offered from long_values, pg_settings
     where name = 'default_toast_compression'`,
  );
  const wanted = rows[0]!.offered.includes('lz4') ? 'lz4' : 'pglz';
  expect(rows.map(({ used }) => used)).toEqual([wanted, wanted]);
  await end();
});

it('a session without triggers is refused to a login that cannot have them, with what to do', async () => {
  const own = await createSandbox();
  await setDefaults(own.databaseUrl, { session_replication_role: 'replica' });
  const owner = createPool(own.databaseUrl, () => undefined);
  expect((await owner.query<object>('show session_replication_role')).rows).toEqual([
    { session_replication_role: 'origin' },
  ]);
  const service = createPool(own.executorDatabaseUrl, () => undefined);
  if (own.executorDatabaseUrl !== own.databaseUrl)
    await expect(service.query('select 1')).rejects.toThrow('session_replication_role is replica; reset it');
  await Promise.all([owner.end(), service.end()]);
  await own.dispose();
});

describe('a database that takes no writes', () => {
  afterEach(async () => closeToWrites(sandbox.databaseUrl, false));

  it.each(['executor', 'registry'] as const)('has no connection kept by the pool of the %s', async (name) => {
    const all = await pools();
    const pool = all[name];
    await pool.assertWritable();
    await closeToWrites(sandbox.databaseUrl, true);
    const holder = await pool.connect();
    holder.release(true);
    await eventually(() => (pool.totalCount === pool.idleCount ? true : undefined));
    await endSessions(sandbox.databaseUrl);
    await eventually(() => (pool.totalCount === 0 ? true : undefined));
    await expect(pool.assertWritable()).rejects.toThrow('PostgreSQL takes no writes');
    expect(databaseTrouble(await pool.query('select 1').catch((error: unknown) => error))).toMatchObject({
      code: 'database_read_only',
    });
    expect(pool.totalCount).toBe(0);
    await closeToWrites(sandbox.databaseUrl, false);
    await pool.assertWritable();
    await all.end();
  });

  it.each(['executor', 'registry'] as const)('spoils a connection of the %s that it refuses a write', async (name) => {
    const all = await pools();
    const client = await all[name].connect();
    await client.query('set default_transaction_read_only = on');
    const failure = await client.query('create table written ()').catch((error: unknown) => error);
    expect(databaseTrouble(failure)).toMatchObject({ code: 'database_read_only' });
    // As TypeORM does it, which says nothing of the error.
    client.release();
    await eventually(() => (all[name].totalCount <= (name === 'registry' ? 1 : 0) ? true : undefined));
    await expect(all[name].assertWritable()).rejects.toThrow('PostgreSQL takes no writes');
    await eventually(async () => (await all[name].assertWritable(), true), 3_000);
    await all.end();
  });
});

describe('an error of the moment', () => {
  it.each([
    ['25006', 'database_read_only'],
    ['53100', 'database_out_of_resources'],
    ['57014', 'database_interrupted'],
    ['40001', 'database_conflict'],
    ['40P01', 'database_conflict'],
    ['55P03', 'database_conflict'],
    ['58030', 'database_failing'],
    ['57P01', 'database_unavailable'],
    ['57P05', 'database_interrupted'],
    ['25P03', 'database_interrupted'],
  ])('%s is %s, and its connection is not used again', async (state, code) => {
    const { registry, end } = await pools();
    const client = await registry.connect();
    const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
    const statement = `do $$ begin raise exception using errcode = '${state}', message = 'raised'; end $$`;
    const failure = await client.query(statement).catch((error: unknown) => error);
    expect(databaseTrouble(failure)).toMatchObject({ code });
    client.release();
    const { rows } = await registry.query<{ pid: number }>('select pg_backend_pid() as pid');
    expect(rows[0]!.pid).not.toBe(pid);
    await end();
  });

  it('is none of the data, and such a connection is used again', async () => {
    const { registry, end } = await pools();
    const client = await registry.connect();
    const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
    const failure = await client.query('select 1/0').catch((error: unknown) => error);
    expect(databaseTrouble(failure)).toBeUndefined();
    client.release();
    expect((await registry.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid).toBe(pid);
    await end();
  });
});

it('each connection of PostgreSQL itself is a session of its own', async () => {
  await expect(assertOwnSessions(sandbox.databaseUrl)).resolves.toBeUndefined();
});
