import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { dataSourceOptions, migrate } from '#orm';
import { Lease, leaseMs, Leases, leaseTerms } from './lease.ts';
import { createPool, type Pool } from './pool.ts';

describe('a lease', () => {
  let sandbox: Sandbox;
  let pool: Pool;
  let leases: Leases;

  beforeAll(async () => {
    sandbox = await createSandbox();
    const database = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
    await migrate(database);
    await database.destroy();
    pool = createPool(sandbox.databaseUrl, () => undefined);
    leases = new Leases(pool, { table: 'deferral_keys', key: 'key', keyType: 'text' }, () => undefined);
  });

  afterAll(async () => {
    await pool.end();
    await sandbox.dispose();
  });

  beforeEach(async () => {
    await pool.query('delete from deferral_keys');
    await pool.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached)
       select key, now(), gen_random_uuid(), 'retry', false from unnest(array['a', 'b']) as key`,
    );
  });

  /** Takes the lease of a key, unless another has it. */
  const take = async (key: string) => {
    const askedAt = performance.now();
    const { rows } = await pool.query<{ id: string }>(
      `update deferral_keys set ${leaseTerms.take()} where key = $1 and ${leaseTerms.isFree} returning lease_id as id`,
      [key],
    );
    return rows[0] && new Lease(leases, rows[0].id, key, askedAt);
  };
  /** Milliseconds that a lease lasts from now on, by the database's clock. */
  const left = async (key: string) => {
    const { rows } = await pool.query<{ left: number }>(
      `select (extract(epoch from lease_until - now()) * 1000)::double precision as left from deferral_keys where key = $1`,
      [key],
    );
    return rows[0]!.left;
  };

  it('is had by one at a time, until its end', async () => {
    expect(await take('a')).toBeDefined();
    expect(await take('a')).toBeUndefined();
    await pool.query(`update deferral_keys set lease_until = now() where key = 'a'`);
    expect(await take('a')).toBeDefined();
  });

  it('is made to outlast a call that is longer than it, and not touched for one that is not', async () => {
    const lease = (await take('a'))!;
    expect(lease.outlasts(leaseMs / 2)).toBe(true);
    expect(await lease.outlasts(60_000)).toBe(true);
    expect(await left('a')).toBeGreaterThan(60_000);
    expect(await take('b')).toBeDefined();
  });

  it('is renewed with others, but not when another executor has it', async () => {
    const [ours, lost] = [(await take('a'))!, (await take('b'))!];
    await pool.query(
      `update deferral_keys set lease_id = gen_random_uuid(), lease_until = now() + interval '1 second' where key = 'b'`,
    );
    await leases.renew([ours, lost], 90_000);
    expect(await left('a')).toBeGreaterThan(80_000);
    expect(await left('b')).toBeLessThan(2_000);
    expect(ours.outlasts(80_000)).toBe(true);
  });

  it('has run out when it was not renewed in time, by the clock of this process', () => {
    const old = new Lease(leases, 'of long ago', 'a', performance.now() - leaseMs);
    expect(() => old.assertOurs()).toThrow('the lease on a has run out');
    expect(old.signal.reason).toMatchObject({ code: 'lease_lost' });
  });
});
