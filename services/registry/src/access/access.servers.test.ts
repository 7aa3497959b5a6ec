import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';
import { bearerToken, generateApiKey } from './keys/api-key.ts';
import { ApiKeys } from './keys/api-keys.service.ts';

describe('bearerToken', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer  abc ', 'abc'],
    ['Basic abc', undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
    [undefined, undefined],
  ])('%s', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });
});

describe('access', () => {
  let registry: TestRegistry;
  let keys: ApiKeys;
  beforeAll(async () => {
    registry = await startRegistry();
    keys = registry.app.get(ApiKeys, { strict: false });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it.each(['', 'Bearer', 'Bearer wrong', `Basic ${testKey}`, testKey, `Bearer ${testKey}x`])(
    'is refused with "%s"',
    async (authorization) => {
      const { status, headers, body } = await registry.call('GET', '/api/v1/handlers', { headers: { authorization } });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(body.type).toBe('urn:provisor:problem:unauthenticated');
    },
  );

  it.each(['/healthz', '/readyz', '/api/v1/openapi.json', '/api/docs'])('%s needs no key', async (path) => {
    expect((await registry.call('GET', path, { headers: { authorization: '' } })).status).toBe(200);
  });

  it('keeps no key in the clear', async () => {
    const [row] = await registry.database.query<{ dump: string }[]>('select api_keys::text as dump from api_keys');
    expect(row!.dump).not.toContain(testKey);
    expect(row!.dump).toContain('bootstrap');
  });

  it('makes a key when there is none, once', async () => {
    expect(await keys.ensureFirst(undefined)).toBeUndefined();
    await registry.database.query('delete from api_keys');
    const made = (await Promise.all([1, 2, 3].map(() => keys.ensureFirst(undefined)))).filter(
      (key) => key !== undefined,
    );
    expect(made).toEqual([expect.stringMatching(/^prov_[0-9a-f]{12}_[\w-]{43}$/)]);
    expect(await keys.find(made[0]!)).toMatchObject({ role: 'admin' });
  });

  it('a given key takes the place of the one before it', async () => {
    const [before, after] = [generateApiKey(), generateApiKey()];
    await keys.ensureFirst(before);
    await keys.ensureFirst(after);
    await keys.ensureFirst(after);
    expect(await keys.find(before)).toBeUndefined();
    expect(await keys.find(after)).toBeDefined();
    await keys.ensureFirst(testKey);
  });

  it('a given key stays the same from start to start, so that its sessions do', async () => {
    const before = await keys.find(testKey);
    await keys.ensureFirst(testKey);
    expect(await keys.find(testKey)).toEqual(before);
  });

  it('a given key that was revoked stays so, and another one is made when no other admin key is valid', async () => {
    const given = generateApiKey();
    await keys.ensureFirst(given);
    await registry.database.query('update api_keys set revoked_at = now()');
    const made = await keys.ensureFirst(given);
    expect(await keys.find(given)).toBeUndefined();
    expect(await keys.find(made!)).toMatchObject({ role: 'admin' });
    expect(await keys.ensureFirst(given)).toBeUndefined();
  });
});
