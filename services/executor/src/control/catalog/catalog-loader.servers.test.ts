import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createPool, type Pool } from '#database';
import { SecretBox } from '#secrets';
import { createMigratedSandbox } from '../../../../../test/support/migrated-sandbox.ts';
import type { Sandbox } from '../../../../../tools/test/sandbox.ts';
import { CatalogLoader } from './catalog-loader.ts';
import type { HandlerCatalog } from '../../execute/handler-catalog.ts';

const types = ['clients.create', 'clients.update', 'clients.delete'];

describe('the loader of the catalog', () => {
  let sandbox: Sandbox;
  let pool: Pool;
  let loader: CatalogLoader;

  beforeAll(async () => {
    sandbox = await createMigratedSandbox();
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
       select gen_random_uuid(), gen_random_uuid(), '', $2, '{"type":"script","path":"/s","args":[]}', 'enabled',
         number % 3 + 1,
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

  it('takes a change of a target for one of all handlers that name it, which share it', async () => {
    const [target, other] = [randomUUID(), randomUUID()];
    await change(
      `insert into targets (id, name, description, base_url, headers, version)
       select id::uuid, id, '', 'http://127.0.0.1', '{}', 1 from unnest($1::text[]) as id`,
      [[target, other]],
    );
    const naming = `jsonb_build_object('type', 'http', 'target', $1::text, 'path', '/a', 'method', 'POST', 'headers', '{}'::jsonb)`;
    const some = `id in (select id from handlers where status = 'enabled' order by id limit`;
    await change(`update handlers set task = ${naming} where ${some} 6)`, [target]);
    await change(`update handlers set task = ${naming} where ${some} 2)`, [other]);
    const callers = (catalog: HandlerCatalog, id: string) =>
      types.flatMap((type) => catalog.plan(type)).filter((handler) => handler.target?.id === id);
    const before = await loader.load();
    expect(new Set(callers(before, target).map((handler) => handler.target)).size).toBe(1);
    expect(callers(before, target)).toHaveLength(4);
    await change(`update targets set base_url = 'http://127.0.0.2', version = version + 1 where id = $1`, [target]);
    const after = await loader.load(before);
    expect(seen(after)).toEqual(seen(await loader.load()));
    expect(callers(after, target).map(({ task }) => task)).toEqual(
      Array(4).fill(expect.objectContaining({ url: 'http://127.0.0.2', path: '/a' })),
    );
    expect(new Set(callers(after, target).map((handler) => handler.target)).size).toBe(1);
    // The others are those of before.
    for (const handler of callers(after, other)) expect(callers(before, other)).toContain(handler);
    // A handler that changes keeps the target that has not.
    await change(`update handlers set name = 'renamed again' where ${some} 1)`);
    const renamed = await loader.load(after);
    expect(new Set(callers(renamed, other).map((handler) => handler.target))).toEqual(
      new Set(callers(after, other).map((handler) => handler.target)),
    );
    await change('update targets set deleted_at = now() where id = $1', [other]);
    const last = await loader.load(renamed);
    const locked = types.flatMap((type) => last.plan(type)).flatMap((handler) => handler.locked ?? []);
    expect(locked).toEqual(Array(2).fill(`there is no target ${other}`));
  });

  it('begins from nothing when the database was put back to an earlier revision', async () => {
    const before = await loader.load();
    await pool.query('delete from handlers');
    await pool.query('update catalog set revision = 1');
    const after = await loader.load(before);
    expect(seen(after)).toEqual({ revision: 1, plans: [[], [], []] });
  });
});
