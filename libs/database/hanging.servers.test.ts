import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { eventually } from '../../test/support/eventually.ts';
import { FreezingProxy } from '../../test/support/freezing-proxy.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { dataSourceOptions, poolOf } from '#orm';
import { StatementOverdue } from './bounded-client.ts';
import { isDatabaseAway } from './database-trouble.ts';
import { createPool, inTransaction, SessionPool } from './pool.ts';

const limitMs = 1_000;

let sandbox: Sandbox;
let proxy: FreezingProxy;
let pool: SessionPool;
const lost: Error[] = [];

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(async () => sandbox.dispose());

beforeEach(async () => {
  proxy = await FreezingProxy.before(sandbox.databaseUrl, 5432);
  pool = createPool(proxy.url(sandbox.databaseUrl), (error) => lost.push(error), limitMs);
});
afterEach(async () => {
  await pool.end();
  await proxy.close();
});

describe('a connection to PostgreSQL that has gone silent', () => {
  it('fails its statement after the limit, and the next one has a new connection', async () => {
    await pool.query('select 1');
    proxy.freeze('work');
    const from = performance.now();
    const failure = await pool.query('select 2').catch((error: unknown) => error);
    expect(performance.now() - from).toBeGreaterThan(limitMs - 5);
    expect(failure).toBeInstanceOf(StatementOverdue);
    expect(isDatabaseAway(failure)).toBe(true);
    expect(lost).toContain(failure);
    expect(pool.totalCount).toBe(0);
    expect((await pool.query('select 3 as answer')).rows).toEqual([{ answer: 3 }]);
  });

  it.each(['to server', 'from server'] as const)('is noticed when only what goes %s is lost', async (direction) => {
    await pool.query('select 1');
    proxy.freeze('work', direction);
    await expect(pool.query('select 2')).rejects.toThrow(StatementOverdue);
    expect((await pool.query('select 3 as answer')).rows).toEqual([{ answer: 3 }]);
  });

  it('takes idle ones of its time along, which are not tried one after another', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => pool.connect()));
    await Promise.all(clients.map((client) => client.query('select 1')));
    for (const client of clients) client.release();
    expect(pool.idleCount).toBe(5);
    proxy.freeze('work');
    await expect(pool.query('select 2')).rejects.toThrow(StatementOverdue);
    expect(pool.totalCount).toBe(0);
  });

  it('leaves alone one that was heard of since', async () => {
    const [frozen, sound] = await Promise.all([pool.connect(), pool.connect()]);
    await Promise.all([frozen.query('select 1'), sound.query('select 1')]);
    const backend = (await sound.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!;
    const overdue = frozen.query('select pg_sleep(2)').catch((error: unknown) => error);
    await sound.query('select 1');
    sound.release();
    expect(await overdue).toBeInstanceOf(StatementOverdue);
    frozen.release(true);
    expect((await pool.query('select pg_backend_pid() as pid')).rows).toEqual([backend]);
  });

  it('fails a transaction, which is undone', async () => {
    await pool.query('create table written (n integer)');
    const work = inTransaction(pool, async (client) => {
      await client.query('insert into written values (1)');
      proxy.freeze('work');
      await client.query('insert into written values (2)');
    });
    await expect(work).rejects.toThrow(StatementOverdue);
    expect((await pool.query('select * from written')).rows).toEqual([]);
  });

  it('is waited for by a statement that may take longer for as long as that one says', async () => {
    const statement = { text: 'select pg_sleep(1.5)', limitMs: 5_000 };
    await expect(pool.query(statement)).resolves.toMatchObject({ rowCount: 1 });
    await expect(pool.query('select pg_sleep(1.5)')).rejects.toThrow(StatementOverdue);
  });

  it('says for how long a statement waits', async () => {
    await pool.query('select 1');
    expect(pool.stalledMs).toBe(0);
    const slow = pool.query('select pg_sleep(0.2)');
    await eventually(() => pool.stalledMs > 100 || undefined);
    await slow;
    expect(pool.stalledMs).toBe(0);
  });

  it('does not keep the pool from ending', async () => {
    const held = await pool.connect();
    await pool.query('select 1');
    proxy.freeze('work');
    const statement = { text: 'select 1', limitMs: 60_000 };
    const waiting = held.query(statement).catch(() => 'ended');
    const from = performance.now();
    await Promise.all([pool.end(), waiting.then(() => held.release(true))]);
    expect(performance.now() - from).toBeLessThan(4_000);
  });
});

it('what nobody waits for any more is ended by the server', async () => {
  const watcher = createPool(sandbox.databaseUrl, () => undefined);
  await expect(pool.query('select pg_sleep(60) /* left behind */')).rejects.toThrow(StatementOverdue);
  const left = `select from pg_stat_activity where query like '%/* left behind */' and pid <> pg_backend_pid()`;
  await eventually(async () => ((await watcher.query(left)).rowCount === 0 ? true : undefined));
  await watcher.end();
});

it('a database that answers nothing at all fails within the time for a connection', async () => {
  proxy.freeze('hang');
  const config = { connectionString: proxy.url(sandbox.databaseUrl), connectionTimeoutMillis: limitMs };
  const other = new SessionPool(config, 'freely');
  const from = performance.now();
  const failure = await other.query('select 1').catch((error: unknown) => error);
  expect(isDatabaseAway(failure)).toBe(true);
  expect(performance.now() - from).toBeLessThan(5_000);
  await other.end();
});

it('TypeORM, which says nothing of errors when it puts a connection back, gets a new one too', async () => {
  const options = dataSourceOptions(proxy.url(sandbox.databaseUrl), { limitMs });
  const source = await new DataSource(options).initialize();
  await source.query('select 1');
  proxy.freeze('work');
  await expect(source.query('select 2')).rejects.toThrow('has not answered within');
  expect(await source.query('select 3 as answer')).toEqual([{ answer: 3 }]);
  const transaction = source.transaction(async (manager) => {
    await manager.query('select 1');
    proxy.freeze('work');
    await manager.query('select 2');
  });
  await expect(transaction).rejects.toThrow('has not answered within');
  expect(await source.query('select 3 as answer')).toEqual([{ answer: 3 }]);
  expect(poolOf(source).totalCount).toBe(1);
  await source.destroy();
});
