import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyEntity } from '#orm';
import { eventually } from '../../../../../test/support/eventually.ts';
import { makeKey } from '../../testing/keys.ts';
import {
  errorFields,
  itemsOf,
  startRegistry,
  testKey,
  type Answer,
  type TestRegistry,
} from '../../testing/registry.ts';
import { bearerToken, generateApiKey, isHashOf, hashApiKey, prefixOf } from './api-key.ts';

describe('a key', () => {
  it('is recognisable, and shows only its beginning', () => {
    const key = generateApiKey();
    expect(key).toMatch(/^prov_[0-9a-f]{12}_[\w-]{43}$/);
    expect(key.startsWith(`${prefixOf(key)!}_`)).toBe(true);
    expect(bearerToken(`Bearer ${key}`)).toBe(key);
    expect(generateApiKey()).not.toBe(key);
  });

  it.each(['', 'a-key-for-tests', 'pvr_x', 'prov_0123456789ab', `prov_0123456789ab_${'A'.repeat(42)}`])(
    'that does not exist is refused: %s',
    (key) => {
      expect(prefixOf(key)).toBeUndefined();
    },
  );

  it('is compared by its hash', () => {
    expect(isHashOf(hashApiKey('a'), 'a')).toBe(true);
    expect(isHashOf(hashApiKey('a'), 'b')).toBe(false);
    expect(isHashOf(Buffer.alloc(0), 'a')).toBe(false);
  });
});

describe('/api-keys', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const create = (body: object): Promise<Answer> => registry.call('POST', '/api/v1/api-keys', { body });
  const revoke = (id: string, key?: string): Promise<Answer> =>
    registry.call('DELETE', `/api/v1/api-keys/${id}`, key === undefined ? {} : { key });
  const statusWith = async (key: string): Promise<number> =>
    (await registry.call('GET', '/api/v1/handlers', { key })).status;
  const listed = async (id: string): Promise<unknown> =>
    itemsOf(await registry.call('GET', '/api/v1/api-keys')).find((item) => item['id'] === id);

  it('POST shows the key once, and keeps its hash', async () => {
    const { status, headers, body } = await create({
      name: ' CRM ',
      role: 'operator',
      expiresAt: '2999-01-01T00:00:00Z',
    });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    const { key, ...rest } = body as { key: string; id: string };
    expect(rest).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      name: 'CRM',
      role: 'operator',
      prefix: prefixOf(key),
      createdAt: expect.any(String),
      expiresAt: '2999-01-01T00:00:00.000Z',
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(await statusWith(key)).toBe(200);
    // It may have the sign itself that separates it from the prefix.
    const secret = key.slice(prefixOf(key)!.length + 1);
    for (const table of ['api_keys', 'audit']) {
      const [row] = await registry.database.query<{ dump: string }[]>(
        `select string_agg(${table}::text, '') as dump from ${table}`,
      );
      expect(row!.dump).not.toContain(secret);
    }
    expect(JSON.stringify(await listed(rest.id))).not.toContain(secret);
  });

  it.each([
    [{}, ['name', 'role']],
    [{ name: ' ', role: 'root' }, ['name', 'role']],
    [{ name: 'bootstrap', role: 'admin' }, ['name']],
    [{ name: 'x', role: 'viewer', expiresAt: 'soon', key: 'mine' }, ['expiresAt', 'key']],
    [{ name: 'x', role: 'viewer', expiresAt: '2001-01-01T00:00:00Z' }, ['expiresAt']],
  ])('POST %j is refused', async (body, fields) => {
    const answer = await create(body);
    expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
  });

  it('is refused with a right beginning and a wrong end', async () => {
    const { key } = await makeKey(registry, 'viewer');
    expect(await statusWith(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBe(401);
    expect(await statusWith(`${prefixOf(key)!}_`)).toBe(401);
    expect(await statusWith(key)).toBe(200);
  });

  it('says when a key was last used, without writing at each use', async () => {
    const { id, key } = await makeKey(registry, 'viewer');
    const read = async (): Promise<Date | null> =>
      (await registry.database.manager.findOneByOrFail(ApiKeyEntity, { id })).lastUsedAt;
    expect(await read()).toBeNull();
    await statusWith(key);
    const first = await eventually(async () => (await read()) ?? undefined);
    await statusWith(key);
    await statusWith(key);
    expect(await read()).toEqual(first);
    await registry.database.query(`update api_keys set last_used_at = now() - interval '61 seconds' where id = $1`, [
      id,
    ]);
    const old = await read();
    await statusWith(key);
    await eventually(async () => ((await read())! > old! ? true : undefined));
  });

  it('an expired key opens nothing', async () => {
    const { id, key } = await makeKey(registry, 'admin');
    await registry.database.query('update api_keys set expires_at = now() where id = $1', [id]);
    expect(await statusWith(key)).toBe(401);
  });

  it('DELETE takes a key away for good', async () => {
    const { id, key } = await makeKey(registry, 'admin');
    expect((await revoke(id)).status).toBe(204);
    expect(await statusWith(key)).toBe(401);
    expect(await listed(id)).toMatchObject({ revokedAt: expect.any(String) });
    const before = await listed(id);
    expect((await revoke(id)).status).toBe(204);
    expect(await listed(id)).toEqual(before);
    expect((await revoke('00000000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await revoke('x')).status).toBe(400);
  });

  it('the last key of an admin stays, also when two are revoked at once', async () => {
    const mine = itemsOf(await registry.call('GET', '/api/v1/api-keys'));
    for (const { id, name, role, revokedAt } of mine) {
      if (role === 'admin' && revokedAt === null && name !== 'bootstrap') await revoke(id as string);
    }
    const expired = await makeKey(registry, 'admin');
    await registry.database.query('update api_keys set expires_at = now() where id = $1', [expired.id]);
    const bootstrap = mine.find(({ name }) => name === 'bootstrap')!['id'] as string;
    expect(await revoke(bootstrap)).toMatchObject({
      status: 409,
      body: { type: 'urn:provisor:problem:last-admin-key' },
    });
    const other = await makeKey(registry, 'admin');
    const [a, b] = await Promise.all([revoke(bootstrap), revoke(other.id)]);
    // Whichever was first; the other one was the last, or its own key had been taken away by then.
    expect([a.status, b.status].filter((status) => status === 204)).toHaveLength(1);
    const [{ count }] = await registry.database.query<[{ count: number }]>(
      `select count(*)::integer as count from api_keys
       where role = 'admin' and revoked_at is null and (expires_at is null or expires_at > now())`,
    );
    expect(count).toBe(1);
    await registry.database.query(`update api_keys set revoked_at = null where name = 'bootstrap'`);
    expect(await statusWith(testKey)).toBe(200);
  });
});
