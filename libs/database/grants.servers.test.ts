import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { dataSourceOptions, migrate } from '#orm';
import { createPool, type Pool } from './pool.ts';
import { databaseRoles, tableGrants, type DatabaseService } from './grants.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';

const services = Object.keys(databaseRoles) as DatabaseService[];
const writing = ['insert', 'update', 'delete', 'truncate'];
const refused = { code: '42501' };

// On a server that was given there is one login, which owns everything.
const haveLogins = process.env['TEST_REGISTRY_DATABASE_URL'] !== process.env['TEST_DATABASE_URL'];

onlyWhere(
  describe,
  haveLogins,
  'a PostgreSQL of our own, with a login for each service',
)('the login of a service', () => {
  let sandbox: Sandbox;
  let owner: Pool;
  let pools: Record<DatabaseService, Pool>;
  beforeAll(async () => {
    sandbox = await createSandbox();
    const source = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
    await migrate(source);
    await source.destroy();
    owner = createPool(sandbox.databaseUrl, () => undefined);
    pools = {
      registry: createPool(sandbox.registryDatabaseUrl, () => undefined),
      executor: createPool(sandbox.executorDatabaseUrl, () => undefined),
    };
  });
  afterAll(async () => {
    await Promise.all([owner, ...Object.values(pools)].map((pool) => pool.end()));
    await sandbox.dispose();
  });

  async function tables(): Promise<string[]> {
    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname`,
    );
    return rows.map(({ name }) => name);
  }

  async function columns(): Promise<{ table: string; column: string; generated: boolean }[]> {
    const { rows } = await owner.query<{ table: string; column: string; generated: boolean }>(
      `select relname as table, attname as column, attgenerated <> '' as generated
       from pg_class join pg_attribute on attrelid = pg_class.oid
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
         and attnum > 0 and not attisdropped
       order by relname, attnum`,
    );
    return rows;
  }

  /** Which of the rights to write a column a service has, with those to the whole table. */
  async function columnRights(service: DatabaseService, table: string, column: string): Promise<string[]> {
    const { rows } = await owner.query<{ has: string[] }>(
      `select array(
         select each from unnest(array['insert', 'update']) as each where has_column_privilege($1, $2, $3, each)
       ) as has`,
      [databaseRoles[service], table, column],
    );
    return rows[0]!.has;
  }

  it('has its rights to every table written down', async () => {
    expect(Object.keys(tableGrants).sort()).toEqual(await tables());
  });

  it('is the only one that may write a column', async () => {
    for (const { table, column, generated } of await columns()) {
      const rights = await Promise.all(services.map((service) => columnRights(service, table, column)));
      const writers = services.filter((_, index) => rights[index]!.length > 0);
      expect([table, column, writers.length]).toEqual([table, column, table === 'migrations' || generated ? 0 : 1]);
    }
  });

  it('is the only one that may remove rows of a table', () => {
    for (const [table, rights] of Object.entries(tableGrants)) {
      const removing = services.filter((service) => rights[service].some((right) => /^(delete|truncate)/.test(right)));
      expect([table, removing.length]).toEqual([table, Math.min(removing.length, 1)]);
    }
  });

  it.each(services)('%s may do what is written down, and nothing else', async (service) => {
    for (const table of await tables()) {
      for (const right of ['select', ...writing, 'references', 'trigger']) {
        const { rows } = await owner.query<{ has: boolean }>('select has_table_privilege($1, $2, $3) as has', [
          databaseRoles[service],
          table,
          right,
        ]);
        expect([table, right, rows[0]!.has]).toEqual([table, right, tableGrants[table]![service].includes(right)]);
      }
    }
    for (const { table, column } of await columns()) {
      const written = ['insert', 'update'].filter((right) => isGranted(tableGrants[table]![service], right, column));
      expect([table, column, await columnRights(service, table, column)]).toEqual([table, column, written]);
    }
  });

  it.each([
    ['registry', `delete from events`],
    ['registry', `insert into attempts select from attempts`],
    ['registry', `update deferrals set give_up = true`],
    ['registry', `delete from handlers`],
    ['registry', `update audit set actor_name = 'nobody'`],
    ['registry', `delete from audit`],
    ['registry', `truncate audit`],
    ['registry', `alter table audit disable trigger all`],
    ['registry', `create table mine ()`],
    ['registry', `select make_journal_day('events', current_date)`],
    ['registry', `insert into failures select from failures`],
    ['registry', `update failures set recovered_at = now()`],
    ['registry', `delete from failures`],
    ['registry', `update operation_runs set released = 0`],
    ['executor', `update failures set settled_as = 'ignored'`],
    ['executor', `insert into failures (execution_id, note) values (gen_random_uuid(), 'x')`],
    ['executor', `update operations set cancelled_at = now()`],
    ['executor', `update handlers set status = 'enabled'`],
    ['executor', `update catalog set revision = 0`],
    ['executor', `select * from api_keys`],
    ['executor', `insert into api_keys select from api_keys`],
    ['executor', `select * from sessions`],
    ['executor', `insert into audit select from audit`],
    ['executor', `delete from events`],
    ['executor', `drop table events_other`],
    ['executor', `delete from events_other`],
    ['executor', `create table mine ()`],
    ['executor', `delete from migrations`],
  ] as const)('%s is refused: %s', async (service, statement) => {
    await expect(pools[service].query(statement)).rejects.toMatchObject(refused);
  });

  it('of an executor keeps the days of the journal, and of nothing else, and none that is to come', async () => {
    const ask = (statement: string): Promise<{ rows: unknown[] }> => pools.executor.query(statement);
    expect((await ask(`select make_journal_day('events', '2026-03-01') as moved`)).rows).toEqual([{ moved: '0' }]);
    expect((await ask(`select make_journal_day('events', '2026-03-01') as moved`)).rows).toEqual([{ moved: null }]);
    expect((await ask(`select drop_journal_days('events', '30 days') as gone`)).rows).toEqual([
      { gone: ['events_20260301'] },
    ]);
    for (const call of [
      `make_journal_day('handlers', '2026-03-01')`,
      `drop_journal_days('handlers', '30 days')`,
      `drop_journal_days('events', '-1 day')`,
    ]) {
      await expect(ask(`select ${call}`)).rejects.toMatchObject({ code: '22023' });
    }
  });

  it('is not led astray by tables of its own', async () => {
    const client = await pools.executor.connect();
    try {
      await client.query('create temporary table events_other (id uuid)');
      const { rows } = await client.query(`select make_journal_day('events', '2026-03-03') as moved`);
      expect(rows).toEqual([{ moved: '0' }]);
    } finally {
      client.release(true);
    }
    expect((await owner.query('select from public.events_20260303')).rowCount).toBe(0);
  });

  it('migrates nothing, and need not when there is nothing to migrate', async () => {
    const source = await new DataSource(dataSourceOptions(sandbox.registryDatabaseUrl)).initialize();
    expect(await migrate(source)).toEqual([]);
    await source.destroy();
  });
});

/** Whether rights, to a table or to some of its columns, hold for a column. */
function isGranted(rights: readonly string[], right: string, column: string): boolean {
  return rights.some((each) => {
    const [, name, list] = /^(\w+)(?: \((.*)\))?$/.exec(each)!;
    return name === right && (list === undefined || list.split(', ').includes(column));
  });
}
