import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeKey, signIn, type MadeKey } from '../../testing/keys.ts';
import { startRegistry, testKey, type Answer, type TestRegistry } from '../../testing/registry.ts';
import { sessionToken } from './session-cookie.ts';

const token = 'A'.repeat(43);

describe('the cookie of a session', () => {
  it.each([
    [`provisor_session=${token}`, token],
    [`a=b; provisor_session=${token}; c=d`, token],
    [` provisor_session=${token} `, token],
    [`provisor_session=${token}x`, undefined],
    ['provisor_session=', undefined],
    [`xprovisor_session=${token}`, undefined],
    ['provisor_session', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('in "%s"', (header, expected) => {
    expect(sessionToken(header)).toBe(expected);
  });
});

describe('/session', () => {
  let registry: TestRegistry;
  let operator: MadeKey;
  let cookie: string;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    operator = await makeKey(registry, 'operator', 'Ada');
    cookie = await signIn(registry, operator.key);
  });

  const withCookie = (method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    registry.call(method, `/api/v1/${path}`, {
      key: null,
      headers: { cookie, ...headers },
      ...(method !== 'GET' && { body: '{}' }),
    });
  const attempt = (key: string, headers: Record<string, string> = {}): Promise<Answer> =>
    registry.call('POST', '/api/v1/session', { key: null, body: { key }, headers });

  it('POST exchanges a key for a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await attempt(operator.key);
    expect(answer).toMatchObject({
      status: 200,
      body: { kind: 'session', id: operator.id, name: 'Ada', role: 'operator', expiresAt: expect.any(String) },
    });
    const [set, ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(set).toMatch(/^provisor_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(JSON.stringify(answer.body)).not.toContain(/=([\w-]{43})/.exec(set!)![1]);
    const secure = await attempt(operator.key, { 'x-forwarded-proto': 'https' });
    expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  it('GET says who is asking, however they came', async () => {
    expect(await withCookie('GET', 'session')).toMatchObject({ status: 200, body: { kind: 'session', name: 'Ada' } });
    expect((await registry.call('GET', '/api/v1/session', { key: operator.key })).body).toEqual({
      kind: 'api_key',
      id: operator.id,
      name: 'Ada',
      role: 'operator',
      expiresAt: null,
    });
    expect((await registry.call('GET', '/api/v1/session', { key: null })).status).toBe(401);
  });

  it('keeps no cookie in the clear', async () => {
    const [row] = await registry.database.query<{ dump: string }[]>(
      `select string_agg(s::text, '') as dump from sessions s`,
    );
    expect(row!.dump).not.toContain(cookie.split('=')[1]);
  });

  it('DELETE signs out', async () => {
    const { headers, status } = await withCookie('DELETE', 'session', { origin: registry.url });
    expect(status).toBe(204);
    expect(headers.getSetCookie()[0]).toMatch(/^provisor_session=; Path=\/; Max-Age=0;/);
    expect((await withCookie('GET', 'session')).status).toBe(401);
    // A key is no session, and stays.
    const key = { key: operator.key };
    expect((await registry.call('DELETE', '/api/v1/session', key)).status).toBe(204);
    expect((await registry.call('GET', '/api/v1/session', key)).status).toBe(200);
  });

  it('reads with a cookie alone, and changes only for pages of this host', async () => {
    expect((await withCookie('GET', 'handlers')).status).toBe(200);
    const foreign = { status: 403, body: { type: 'urn:provisor:problem:foreign-origin' } };
    expect(await withCookie('POST', 'catalog/reload')).toMatchObject(foreign);
    expect(await withCookie('POST', 'catalog/reload', { origin: 'https://evil.example' })).toMatchObject(foreign);
    expect(await withCookie('DELETE', 'session', { 'sec-fetch-site': 'cross-site' })).toMatchObject(foreign);
    expect((await withCookie('POST', 'catalog/reload', { origin: registry.url })).status).toBe(202);
    expect((await withCookie('POST', 'catalog/reload', { 'sec-fetch-site': 'same-origin' })).status).toBe(202);
    expect((await attempt(operator.key, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('gives the role of its key, and no more', async () => {
    const answer = await withCookie('POST', 'handlers', { origin: registry.url });
    expect(answer).toMatchObject({ status: 403, body: { type: 'urn:provisor:problem:forbidden' } });
  });

  it('is not looked at beside an Authorization header', async () => {
    for (const authorization of ['Bearer wrong', 'Basic x', '']) {
      expect((await withCookie('GET', 'session', { authorization })).status).toBe(401);
    }
    const both = await withCookie('POST', 'catalog/reload', {
      authorization: `Bearer ${testKey}`,
      origin: 'https://evil.example',
    });
    expect(both.status).toBe(202);
  });

  it.each(['expires_at = now()', `used_at = now() - interval '61 minutes'`])('has ended when %s', async (change) => {
    await registry.database.query(`update sessions set ${change}`);
    expect((await withCookie('GET', 'session')).status).toBe(401);
    await attempt(operator.key);
    const [{ count }] = await registry.database.query<[{ count: number }]>(
      'select count(*)::integer as count from sessions',
    );
    expect(count).toBe(1);
  });

  it('ends with its key', async () => {
    await registry.database.query('update api_keys set expires_at = now() where id = $1', [operator.id]);
    expect((await withCookie('GET', 'session')).status).toBe(401);
    await registry.database.query('update api_keys set expires_at = null where id = $1', [operator.id]);
    expect((await withCookie('GET', 'session')).status).toBe(200);
    await registry.call('DELETE', `/api/v1/api-keys/${operator.id}`);
    await registry.database.query('update api_keys set revoked_at = null where id = $1', [operator.id]);
    expect((await withCookie('GET', 'session')).status).toBe(401);
  });

  it('a forged cookie opens nothing', async () => {
    cookie = `provisor_session=${token}`;
    expect((await withCookie('GET', 'session')).status).toBe(401);
  });
});

describe('wrong keys', () => {
  it('are answered with 429 when there were too many, while a right one works', async () => {
    await using registry = await startRegistry();
    const signInWith = (key: string): Promise<Answer> =>
      registry.call('POST', '/api/v1/session', { key: null, body: { key } });
    const statuses: number[] = [];
    for (let n = 0; n < 30; n++) statuses.push((await signInWith(`wrong ${n}`)).status);
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses).toContain(429);
    const refused = await signInWith('wrong');
    expect(refused).toMatchObject({ status: 429, body: { type: 'urn:provisor:problem:too-many-attempts' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signInWith(testKey)).status).toBe(200);
    // Callers with a wrong key have more room.
    expect((await registry.call('GET', '/api/v1/handlers', { key: 'wrong' })).status).toBe(401);
    const many = await Promise.all(
      Array.from({ length: 260 }, () => registry.call('GET', '/api/v1/handlers', { key: 'wrong' })),
    );
    expect(many.some(({ status }) => status === 429)).toBe(true);
    expect((await registry.call('GET', '/api/v1/handlers')).status).toBe(200);
  });
});
