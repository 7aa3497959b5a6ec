import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { createPool, dataSourceOptions, migrate, type Pool } from '#database';
import { SecretBox } from '#secrets';
import { createSandbox, type Sandbox } from '../../../../../tools/test/sandbox.ts';
import { CatalogLoader } from './catalog-loader.ts';
import type { HandlerCatalog } from '../../execute/handler-catalog.ts';

const types = ['clients.create', 'clients.update', 'clients.delete'];

describe('the loader of the catalog', () => {
  let sandbox: Sandbox;
  let pool: Pool;
  let loader: CatalogLoader;

  beforeAll(async () => {
    sandbox = await createSandbox();
    const source = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
    await migrate(source);
    await source.destroy();
    pool = createPool(sandbox.databaseUrl, () => undefined);
    loader = new CatalogLoader(pool, new SecretBox([]), pino({ level: 'silent' }));
  });

  afterAll(async () => {
    await pool.end();
    await sandbox.dispose();
  });

  /** Changes handlers as the registry does: under the lock of the catalog, with one revision for all of it. */
  async function change(statement: string, values: unknown[] = []): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('select revision from catalog for update');
      await client.query(statement, values);
      await client.query('update catalog set revision = revision + 1');
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  const made = (count: number) =>
    change(
      `insert into handlers (id, name, description, event, task, status, priority, on_failure, timeout_ms, retry, max_concurrency,
         secrets, signing_secrets, version)
       select gen_random_uuid(), gen_random_uuid(), '', $2, '{"type":"script","path":"/s","args":[]}', 'enabled', number % 3 + 1,
         'stop', 1000, '{"maxAttempts":1,"schedule":["1s"]}', 1, '{}', '[]', 1
       from generate_series(1, $1::integer) as number`,
      [count, types[0]],
    );

  const seen = (catalog: HandlerCatalog) => ({
    revision: catalog.revision,
    plans: types.map((type) => catalog.plan(type).map(({ id, name }) => ({ id, name }))),
  });

  it('makes of changes the catalog that it would make of all handlers', async () => {
    await made(40);
    let catalog = await loader.load();
    expect(catalog.plan(types[0]!)).toHaveLength(40);
    const some = 'id in (select id from handlers order by random() limit 7)';
    const changes = [
      `update handlers set status = 'disabled' where ${some}`,
      `update handlers set event = '${types[1]!}' where ${some}`,
      `update handlers set status = 'enabled' where ${some}`,
      `update handlers set priority = 1 + floor(random() * 4) where ${some}`,
      `update handlers set status = 'archived' where ${some}`,
      `update handlers set name = '${randomUUID()}' || name, status = 'enabled', event = '${types[2]!}' where ${some}`,
    ];
    for (let turn = 0; turn < 5; turn++) {
      for (const [index, statement] of changes.entries()) {
        await change(statement);
        // Now and then several changes are made good by one load.
        if ((turn + index) % 3 === 0) continue;
        catalog = await loader.load(catalog);
        expect(seen(catalog)).toEqual(seen(await loader.load()));
      }
      await made(3);
    }
    catalog = await loader.load(catalog);
    expect(seen(catalog)).toEqual(seen(await loader.load()));
  });

  it('reads no handler again that was not changed', async () => {
    const before = await loader.load();
    await change(
      `update handlers set name = 'renamed ' || id where id = (select id from handlers where status = 'enabled' limit 1)`,
    );
    const after = await loader.load(before);
    const [was, is] = [before, after].map((catalog) => types.flatMap((type) => catalog.plan(type)));
    expect(is!.filter((handler) => !was!.includes(handler)).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^renamed /),
    ]);
  });

  it('begins from nothing when the database was put back to an earlier revision', async () => {
    const before = await loader.load();
    await pool.query('delete from handlers');
    await pool.query('update catalog set revision = 1');
    const after = await loader.load(before);
    expect(seen(after)).toEqual({ revision: 1, plans: [[], [], []] });
  });
});
