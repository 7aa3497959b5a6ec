import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { createPool, migrations, ping, schemaIsReady, schemaVersion, type Pool } from '#database';
import { dataSourceOptions } from './data-source.ts';
import { migrate } from './migrate.ts';

describe('the schema of a fresh database', () => {
  let sandbox: Sandbox;
  let pool: Pool;
  const lost: Error[] = [];

  beforeAll(async () => {
    sandbox = await createSandbox();
    pool = createPool(sandbox.databaseUrl, (error) => lost.push(error));
  });

  afterAll(async () => {
    await pool.end();
    await sandbox.dispose();
  });

  it('is used with a limit to how long a transaction may be left open, by a process that is paused in the middle of it', async () => {
    const { rows } = await pool.query<object>('show idle_in_transaction_session_timeout');
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
  });

  it('is not ready before it is there', async () => {
    await ping(pool);
    expect(await schemaIsReady(pool)).toBe(false);
  });

  it('is brought up to date once, however many registries start at the same time, and is ready then', async () => {
    const sources = await Promise.all(
      [1, 2, 3].map(() => new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize()),
    );
    const applied = await Promise.all(sources.map((source) => migrate(source)));
    const names = migrations.map(({ name }) => name);
    expect(applied.flat()).toEqual(names);

    const recorded = await pool.query<{ name: string }>('select name from migrations order by id');
    expect(recorded.rows.map(({ name }) => name)).toEqual(names);
    expect(names.at(-1)).toBe(schemaVersion);
    expect(await schemaIsReady(pool)).toBe(true);

    // Later callers find nothing to do, and the lock released.
    expect(await migrate(sources[0]!)).toEqual([]);
    await Promise.all(sources.map((source) => source.destroy()));
  });

  it('is the one that the entities describe', async () => {
    const source = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
    for (const { target } of source.entityMetadatas) {
      expect(Array.isArray(await source.getRepository(target).find({ take: 1 }))).toBe(true);
    }
    await source.destroy();
  });

  it('is not ready when a newer build asks for more than is there', async () => {
    await pool.query(`update migrations set name = name || 'Older'`);
    expect(await schemaIsReady(pool)).toBe(false);
    await pool.query(`update migrations set name = replace(name, 'Older', '')`);
  });

  it('is asked for in vain while the database is away, and the pool recovers by itself', async () => {
    await pool.query('select 1');
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const other = createPool(sandbox.databaseUrl, () => undefined);
    const told = new Promise((resolve) => pool.once('error', resolve));
    await other.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await told;
    await other.end();
    expect(lost).toHaveLength(1);
    expect(await schemaIsReady(pool)).toBe(true);
    const nowhere = createPool('postgres://nobody@127.0.0.1:1/nothing', () => undefined);
    await expect(schemaIsReady(nowhere)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await nowhere.end();
  });

  it('does not end the process with a connection that breaks while it is in use', async () => {
    const before = lost.length;
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    expect(lost.length).toBeGreaterThan(before);
    await expect(client.query('select 1')).rejects.toThrow();
    client.release(true);
    expect(await schemaIsReady(pool)).toBe(true);
  });
});
