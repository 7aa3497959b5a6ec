import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { createPool, migrations, type Pool } from '#database';
import { dataSourceOptions } from './data-source.ts';
import { migrate, type MigrationWait } from './migrate.ts';

class AddNote1895000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rejected_messages add column before_events text');
    await runner.query('alter table events add column note text');
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

const quick = { lockLimitMs: 200, pauseMs: 200 };

let sandbox: Sandbox;
let pool: Pool;
let newer: DataSource;

beforeAll(async () => {
  sandbox = await createSandbox();
  pool = createPool(sandbox.databaseUrl, () => undefined);
  const older = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
  await migrate(older);
  await older.destroy();
  newer = await new DataSource({
    ...dataSourceOptions(sandbox.databaseUrl),
    migrations: [...migrations, AddNote1895000000000],
  }).initialize();
});

afterAll(async () => {
  await newer.destroy();
  await pool.end();
  await sandbox.dispose();
});

it('a migration behind a long transaction holds up nobody, says what it waits for, and is made when that has ended', async () => {
  const report = await pool.connect();
  await report.query('begin');
  await report.query('select count(*) from events /* a long report */');
  const { rows } = await report.query<{ pid: number }>('select pg_backend_pid() as pid');

  const waits: MigrationWait[] = [];
  const told = Promise.withResolvers<undefined>();
  const onWait = (wait: MigrationWait) => {
    if (waits.push(wait) === 3) told.resolve(undefined);
  };
  const migrated = migrate(newer, { ...quick, onWait });
  let longestMs = 0;
  const over = new AbortController();
  const others = (async () => {
    while (!over.signal.aborted) {
      const from = performance.now();
      await pool.query('select from events');
      longestMs = Math.max(longestMs, performance.now() - from);
    }
  })();
  await told.promise;
  await report.query('commit');
  report.release();
  expect(await migrated).toEqual([AddNote1895000000000.name]);
  over.abort();
  await others;

  expect(waits.at(-1)).toMatchObject({
    for: 'a lock on a table',
    blockers: [
      { pid: rows[0]!.pid, application: 'provisor-executor', query: expect.stringContaining('pg_backend_pid') },
    ],
  });
  // Not as long as the report, but for as long as the migration queues.
  expect(longestMs).toBeLessThan(1_000);
  expect((await pool.query('select note from events')).rows).toEqual([]);
});

it('a migration says who makes the one that it waits for, in this database alone', async () => {
  const lock = `select pg_advisory_lock(hashtext('provisor.migrations'))`;
  const elsewhere = await createSandbox();
  const poolElsewhere = createPool(elsewhere.databaseUrl, () => undefined);
  const stranger = await poolElsewhere.connect();
  await stranger.query(lock);
  const other = await pool.connect();
  await other.query(lock);
  const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
  const waits: MigrationWait[] = [];
  const told = Promise.withResolvers<undefined>();
  const migrated = migrate(newer, {
    ...quick,
    onWait: (wait) => {
      waits.push(wait);
      told.resolve(undefined);
    },
  });
  await told.promise;
  expect(waits[0]).toMatchObject({ for: 'another migration', blockers: [{ pid: rows[0]!.pid }] });
  other.release(true);
  expect(await migrated).toEqual([]);
  stranger.release(true);
  await poolElsewhere.end();
  await elsewhere.dispose();
});
