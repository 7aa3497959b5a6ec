import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { retryDeferralPattern, secretContext } from '#contracts';
import { SecretBox } from '#secrets';
import { authority } from '../../../../test/support/certificates.ts';
import { standIn } from '../../../../test/support/stand-in.ts';
import { rotateSecrets } from '../handlers/secrets/secret-rotation.ts';
import { makeKey } from '../testing/keys.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

const key = createSecretKey(randomBytes(32));
const box = new SecretBox([key]);
const basic = { type: 'basic', username: 'provisor', password: 'planted-password' };
const oauth = {
  type: 'oauth2_client_credentials',
  tokenUrl: 'https://login.example/token',
  clientId: 'provisor',
  clientSecret: 'planted-client',
};
const window = { days: ['sun'], from: '02:00', to: '04:00', timeZone: 'Europe/Berlin' };

describe('/targets', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry({ secretKeys: [key] });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  afterEach(async () => {
    await registry.database.query('delete from deferral_keys');
    await registry.database.query('delete from handlers');
    await registry.database.query('delete from targets');
  });

  const call = (method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer> =>
    registry.call(method, `/api/v1/${path}`, { ...(body && { body }), ...(headers && { headers }) });
  const create = (fields: object = {}): Promise<Answer> =>
    call('POST', 'targets', { name: 'CRM', baseUrl: 'https://crm.example/rest', ...fields });
  async function created(fields: object = {}): Promise<string> {
    const { status, body } = await create(fields);
    expect([status, body.errors]).toEqual([201, undefined]);
    return body.id as string;
  }
  const createHandler = (task: object, fields: object = {}): Promise<Answer> =>
    call('POST', 'handlers', { name: 'A', event: 'clients.create', task: { type: 'http', ...task }, ...fields });
  const revision = async (): Promise<number> => (await call('GET', 'catalog')).body.revision as number;
  /** The secrets of a row as an executor would open them. */
  async function opened(table: 'handlers' | 'targets', id: string): Promise<Record<string, string>> {
    const [row] = await registry.database.query<{ secrets: Record<string, string> }[]>(
      `select secrets from ${table} where id = $1`,
      [id],
    );
    const entries = Object.entries(row!.secrets).map(([slot, each]) => [slot, box.open(each, secretContext(id, slot))]);
    return Object.fromEntries(entries) as Record<string, string>;
  }
  async function wait(
    rowKey: string,
    handlerId: string,
    since: string,
    leaseUntil: string | null = null,
  ): Promise<void> {
    await registry.database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached, waiting_since, lease_until)
       values ($1, now(), $2, 'circuit_open', false, $3, $4)`,
      [rowKey, handlerId, since, leaseUntil],
    );
  }

  it('answer with the whole target, its place and its version', async () => {
    const { status, headers, body } = await create({ name: ' CRM ', baseUrl: 'crm.example:8443' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/targets/${body.id as string}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      name: 'CRM',
      description: '',
      baseUrl: 'http://crm.example:8443',
      headers: {},
      secretHeaders: [],
      tls: null,
      auth: null,
      rate: null,
      maxConcurrency: null,
      windows: [],
      releasePerSecond: 250,
      hold: null,
      handlerCount: 0,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const read = await call('GET', `targets/${body.id as string}`);
    expect([read.body, read.headers.get('etag')]).toEqual([body, '"1"']);
    const known = await call('GET', `targets/${body.id as string}`, undefined, { 'if-none-match': '"1"' });
    expect(known.status).toBe(304);
    expect((await call('GET', `targets/${crypto.randomUUID()}`)).status).toBe(404);
  });

  it.each([
    [{ name: '' }, ['name']],
    [{ baseUrl: 'ftp://crm' }, ['baseUrl']],
    [{ baseUrl: 'https://crm.example/?x=1' }, ['baseUrl']],
    [{ baseUrl: 'https://user:pw@crm.example/' }, ['baseUrl']],
    [{ baseUrl: undefined }, ['baseUrl']],
    [{ headers: { host: 'x' } }, ['headers']],
    [{ secretHeaders: ['x-other'] }, ['secretHeaders']],
    [{ headers: { authorization: '***' } }, ['headers']],
    [{ auth: { type: 'digest' } }, ['auth.type']],
    [{ auth: { type: 'basic' } }, ['auth.password', 'auth.username']],
    [{ auth: { ...basic, username: 'a:b' } }, ['auth.username']],
    [{ auth: { ...basic, password: '***' } }, ['auth.password']],
    [{ auth: { ...oauth, tokenUrl: 'login' } }, []],
    [{ auth: { ...oauth, tokenUrl: 'ldap://login' } }, ['auth.tokenUrl']],
    [{ auth: { ...oauth, style: 'header' } }, ['auth.style']],
    [{ auth: { ...oauth, clientSecret: '***' } }, ['auth.clientSecret']],
    [{ auth: 'basic' }, ['auth']],
    [{ rate: {} }, ['rate.perSecond']],
    [{ rate: { perSecond: 0 } }, ['rate.perSecond']],
    [{ rate: { perSecond: '1' } }, ['rate.perSecond']],
    [{ rate: { perSecond: 1, burst: 0.5 } }, ['rate.burst']],
    [{ rate: [] }, ['rate']],
    [{ maxConcurrency: 0 }, ['maxConcurrency']],
    [{ windows: [{ ...window, to: '25:00' }] }, ['windows.0.to']],
    [{ windows: [{ ...window, timeZone: 'Mars/Base' }] }, ['windows.0.timeZone']],
    [{ windows: null }, ['windows']],
    [{ releasePerSecond: 0 }, ['releasePerSecond']],
    [{ tls: { key: 'x' } }, ['tls.key']],
    [{ hold: null }, ['hold']],
  ])('given %j names the fields %j', async (fields, expected) => {
    const answer = await create(fields);
    expect([answer.status, answer.status === 400 ? errorFields(answer) : []]).toEqual([
      expected.length > 0 ? 400 : 201,
      expected,
    ]);
  });

  it('say of a number what it should be', async () => {
    const { body } = await create({ rate: { perSecond: -1 }, releasePerSecond: 'x' });
    expect(body.errors).toEqual([
      { field: 'rate.perSecond', message: 'must be a number from 0.01 to 100000' },
      { field: 'releasePerSecond', message: 'must be a number from 0.1 to 100000' },
    ]);
  });

  it('keep their secrets sealed, and show *** in their places', async () => {
    const headers = { 'X-Api-Key': 'planted-header', accept: '*/*', 'X-Vendor': 'planted-vendor' };
    const id = await created({ headers, secretHeaders: ['x-vendor'], auth: basic });
    const { body } = await call('GET', `targets/${id}`);
    expect(body).toMatchObject({
      headers: { 'X-Api-Key': '***', accept: '*/*', 'X-Vendor': '***' },
      secretHeaders: ['x-api-key', 'x-vendor'],
      auth: { ...basic, password: '***' },
    });
    expect(await opened('targets', id)).toEqual({
      'auth:secret': 'planted-password',
      'header:x-api-key': 'planted-header',
      'header:x-vendor': 'planted-vendor',
    });
    const other = await created({ name: 'ERP', auth: oauth });
    expect((await call('GET', `targets/${other}`)).body.auth).toEqual({
      ...oauth,
      clientSecret: '***',
      style: 'basic',
    });
    const everywhere = JSON.stringify([
      (await call('GET', 'targets')).body,
      (await call('GET', 'audit')).body,
      (await call('GET', 'handlers/set')).body,
      await registry.database.query('select * from audit'),
    ]);
    expect(everywhere).not.toContain('planted');
    expect(JSON.stringify((await call('GET', `audit?subject=${other}`)).body)).toContain('https://login.example/token');
  });

  it('keep a secret for ***, while it goes where it was given for', async () => {
    const id = await created({ headers: { 'x-api-key': 'planted' }, auth: oauth });
    const patch = (fields: object): Promise<Answer> => call('PATCH', `targets/${id}`, fields);
    const shown = { ...oauth, clientSecret: '***' };
    expect((await patch({ auth: shown, headers: { 'x-api-key': '***' } })).body.version).toBe(1);
    expect((await patch({ auth: { ...shown, scope: 'a b', resource: 'urn:crm' } })).body).toMatchObject({
      version: 2,
      auth: { scope: 'a b', resource: 'urn:crm' },
    });
    expect((await patch({ baseUrl: 'https://crm.example/other' })).body.version).toBe(3);
    const elsewhere = await patch({ baseUrl: 'https://evil.example' });
    expect([elsewhere.status, errorFields(elsewhere)]).toEqual([400, ['auth.clientSecret', 'headers']]);
    const tokens = await patch({ auth: { ...shown, tokenUrl: 'https://evil.example/token' } });
    expect([tokens.status, errorFields(tokens)]).toEqual([400, ['auth.clientSecret']]);
    const otherType = await patch({ auth: { ...basic, password: '***' } });
    expect([otherType.status, errorFields(otherType)]).toEqual([400, ['auth.password']]);
    const given = { baseUrl: 'https://new.example', auth: oauth, headers: { 'x-api-key': 'renewed' } };
    expect((await patch(given)).status).toBe(200);
    expect(await opened('targets', id)).toEqual({ 'auth:secret': 'planted-client', 'header:x-api-key': 'renewed' });
    expect((await patch({ auth: null, headers: {} })).body).toMatchObject({
      auth: null,
      headers: {},
      secretHeaders: [],
    });
    expect(await opened('targets', id)).toEqual({});
  });

  it('authenticate in one way: auth, or a header', async () => {
    const both = { headers: { Authorization: 'Bearer planted' }, auth: basic };
    const refused = await create(both);
    const message = 'must not be given together with auth, which sends its own';
    expect([refused.status, refused.body.errors]).toEqual([400, [{ field: 'headers.Authorization', message }]]);
    const id = await created({ headers: both.headers });
    expect(errorFields(await call('PATCH', `targets/${id}`, { auth: basic }))).toEqual(['headers.Authorization']);
    expect((await call('PATCH', `targets/${id}`, { headers: {}, auth: basic })).status).toBe(200);
  });

  it('say that a list without secret headers alone changes nothing', async () => {
    const headers = { authorization: 'Bearer planted', 'x-vendor': 'planted' };
    const id = await created({ headers, secretHeaders: ['x-vendor'] });
    const refused = await call('PATCH', `targets/${id}`, { secretHeaders: [] });
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [
        {
          field: 'secretHeaders',
          message: 'cannot leave out authorization, which is secret by its name',
        },
        {
          field: 'secretHeaders',
          message: 'cannot leave out x-vendor, which is stored as a secret: give its value in headers',
        },
      ],
    ]);
    const shown = await call('PATCH', `targets/${id}`, { headers: { 'x-vendor': 'shown' }, secretHeaders: [] });
    expect(shown.body).toMatchObject({ headers: { 'x-vendor': 'shown' }, secretHeaders: [] });
    expect((await call('PATCH', `targets/${id}`, { secretHeaders: [] })).status).toBe(200);
  });

  it('have certificates where they or their token endpoint speak https', async () => {
    const tls = { ca: authority };
    const plain = { baseUrl: 'http://crm.example', tls };
    expect(errorFields(await create(plain))).toEqual(['tls']);
    expect((await create({ ...plain, auth: oauth })).status).toBe(201);
  });

  it('change by PATCH with If-Match, in a revision of the catalog, with an entry of the audit', async () => {
    const start = await revision();
    const id = await created();
    const patch = { rate: { perSecond: 0.5 }, windows: [window], releasePerSecond: 2.5, maxConcurrency: 3 };
    const stale = await call('PATCH', `targets/${id}`, patch, { 'if-match': '"7"' });
    expect([stale.status, stale.body.type]).toEqual([412, 'urn:provisor:problem:version-stale']);
    const { status, headers, body } = await call('PATCH', `targets/${id}`, patch, { 'if-match': '"1"' });
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect(body).toMatchObject({ ...patch, rate: { perSecond: 0.5, burst: 1 }, version: 2 });
    expect((await call('PATCH', `targets/${id}`, patch)).body.version).toBe(2);
    expect(await revision()).toBe(start + 2);
    const entries = itemsOf(await call('GET', `audit?subject=${id}`));
    expect(entries).toMatchObject([
      { action: 'target.update', subject: { type: 'target', id, name: 'CRM' }, before: { version: 1 } },
      { action: 'target.create', after: { baseUrl: 'https://crm.example/rest' } },
    ]);
    expect((await call('PATCH', `targets/${id}`, { rate: null })).body.rate).toBeNull();
  });

  it('are listed by page, order and text', async () => {
    for (const name of ['b', 'a', 'C']) await created({ name, description: `of ${name}%` });
    const list = await call('GET', 'targets?limit=2&sort=-name');
    expect(list.body).toMatchObject({ total: 3, page: 1, limit: 2, items: [{ name: expect.any(String) }, {}] });
    expect(itemsOf(await call('GET', 'targets?q=a%25')).map(({ name }) => name)).toEqual(['a']);
    expect(itemsOf(await call('GET', 'targets?q=CRM.example')).length).toBe(3);
    expect(errorFields(await call('GET', 'targets?sort=rate&page=0&x=1'))).toEqual(['page', 'sort', 'x']);
  });

  it('are known by a name that no other has, until they are deleted', async () => {
    const id = await created();
    const taken = await create();
    expect([taken.status, taken.body.type]).toEqual([409, 'urn:provisor:problem:name-taken']);
    expect(taken.body.detail).toContain('another target');
    expect((await call('DELETE', `targets/${id}`, undefined, { 'if-match': '"9"' })).status).toBe(412);
    expect((await call('DELETE', `targets/${id}`)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect((await call(method, `targets/${id}`, method === 'PATCH' ? {} : undefined)).status).toBe(404);
    }
    expect((await create()).status).toBe(201);
    const rows = await registry.database.query('select revision from targets where id = $1', [id]);
    expect(rows).toEqual([{ revision: (await revision()) - 1 }]);
  });

  it('are for viewers to read, and for admins to change', async () => {
    const id = await created();
    const operator = (await makeKey(registry, 'operator', crypto.randomUUID())).key;
    const as = async (method: string, path: string, body?: object): Promise<number> =>
      (await registry.call(method, `/api/v1/${path}`, { key: operator, ...(body && { body }) })).status;
    expect(await as('GET', `targets/${id}`)).toBe(200);
    expect(await as('POST', 'targets', { name: 'x', baseUrl: 'x' })).toBe(403);
    expect(await as('PATCH', `targets/${id}`, {})).toBe(403);
    expect(await as('DELETE', `targets/${id}`)).toBe(403);
    expect(await as('PUT', `targets/${id}/hold`, { reason: 'upgrade' })).toBe(200);
  });

  describe('a handler', () => {
    it('names a target by its id, with a path, in place of a URL', async () => {
      const id = await created();
      const { status, body } = await createHandler({ target: id.toUpperCase(), path: '/api/accounts?x=1' });
      expect(status).toBe(201);
      expect(body.task).toEqual({ type: 'http', target: id, path: '/api/accounts?x=1', method: 'POST', headers: {} });
      expect((await call('GET', `targets/${id}`)).body.handlerCount).toBe(1);
      await createHandler({ url: 'other.example' }, { name: 'B' });
      expect(itemsOf(await call('GET', `handlers?target=${id}`)).map(({ name }) => name)).toEqual(['A']);
      expect(errorFields(await call('GET', 'handlers?target=CRM'))).toEqual(['target']);
    });

    it.each([
      [{}, ['task.url']],
      [{ url: 'https://a', path: '/x' }, ['task.path']],
      [{ target: '01900000-0000-7000-8000-000000000000' }, ['task.target']],
      [{ target: 'CRM' }, ['task.target']],
      [{ target: 7 }, ['task.target']],
      [{ target: 'known', url: 'https://a' }, ['task.target']],
      [{ target: 'known', tls: {} }, ['task.tls']],
      [{ target: 'known', path: 'api' }, ['task.path']],
      [{ target: 'known', path: '//evil.example/x' }, ['task.path']],
      [{ target: 'known', path: '/a/../b' }, ['task.path']],
      [{ target: 'known', path: '/a/%2e%2E/b' }, ['task.path']],
      [{ target: 'known', path: '/a#b' }, ['task.path']],
      [{ target: 'known', path: '/a\\b' }, ['task.path']],
      [{ target: 'known', path: '' }, ['task.path']],
    ])('with the task %j names the fields %j', async (task, expected) => {
      const id = await created();
      const answer = await createHandler({
        ...task,
        ...('target' in task && task.target === 'known' && { target: id }),
      });
      expect([answer.status, errorFields(answer)]).toEqual([400, expected]);
    });

    it('changes from a URL to a target and back, and keeps its secrets where they were given for', async () => {
      const id = await created();
      const elsewhere = await created({ name: 'ERP', baseUrl: 'https://erp.example' });
      const headers = { 'x-api-key': 'planted' };
      const handler = (await createHandler({ url: 'https://crm.example/hook', headers })).body.id as string;
      const patch = (task: object): Promise<Answer> =>
        call('PATCH', `handlers/${handler}`, { task: { type: 'http', ...task } });
      const shown = { 'x-api-key': '***' };
      expect((await patch({ target: id, path: '/hook', headers: shown })).status).toBe(200);
      expect(await opened('handlers', handler)).toEqual({ 'header:x-api-key': 'planted' });
      const moved = await patch({ target: elsewhere, headers: shown });
      expect([moved.status, errorFields(moved)]).toEqual([400, ['task.headers']]);
      expect(errorFields(await patch({ url: 'https://evil.example', headers: shown }))).toEqual(['task.headers']);
      expect((await patch({ url: 'https://crm.example/', headers: shown })).status).toBe(200);
    });

    it('keeps a target from going elsewhere with its secret headers', async () => {
      const id = await created();
      const { body } = await createHandler({ target: id, headers: { 'x-api-key': 'planted' } });
      const moved = await call('PATCH', `targets/${id}`, { baseUrl: 'https://evil.example' });
      expect([moved.status, errorFields(moved)]).toEqual([400, ['baseUrl']]);
      expect(moved.body.errors[0].message).toContain('"A"');
      await call('PATCH', `handlers/${body.id as string}`, { task: { type: 'http', target: id } });
      expect((await call('PATCH', `targets/${id}`, { baseUrl: 'https://new.example' })).status).toBe(200);
    });

    it('keeps its target from being deleted until it is archived, and stays archived then', async () => {
      const id = await created();
      const { body } = await createHandler({ target: id });
      const handler = `handlers/${body.id as string}`;
      const refused = await call('DELETE', `targets/${id}`);
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:provisor:problem:target-in-use']);
      expect(refused.body.detail).toContain('"A"');
      await call('DELETE', handler);
      expect((await call('DELETE', `targets/${id}`)).status).toBe(204);
      const restored = await call('PATCH', handler, { status: 'enabled' });
      expect([restored.status, restored.body.type]).toEqual([409, 'urn:provisor:problem:target-deleted']);
      expect(restored.body.detail).toContain('"CRM"');
      const other = await call('PATCH', handler, { status: 'enabled', task: { type: 'http', target: id } });
      expect(errorFields(other)).toEqual(['task.target']);
      const elsewhere = { status: 'enabled', task: { type: 'http', url: 'https://crm.example' } };
      expect((await call('PATCH', handler, elsewhere)).status).toBe(200);
    });
  });

  describe('extracted from a handler', () => {
    it('have its origin, headers and secrets, and its calls stay the same', async () => {
      const headers = { 'x-api-key': 'planted', accept: 'a/b' };
      const handler = (await createHandler({ url: 'https://crm.example:8443/hook?x=1', headers, method: 'PUT' })).body
        .id as string;
      const start = await revision();
      const path = `handlers/${handler}/extract-target`;
      expect((await call('POST', path, {}, { 'if-match': '"4"' })).status).toBe(412);
      const { status, headers: answered, body } = await call('POST', path);
      expect(status).toBe(201);
      const target = body.target.id as string;
      expect(answered.get('location')).toBe(`/api/v1/targets/${target}`);
      expect(body.target).toMatchObject({
        name: 'crm.example:8443',
        baseUrl: 'https://crm.example:8443',
        headers: { 'x-api-key': '***', accept: 'a/b' },
        secretHeaders: ['x-api-key'],
        handlerCount: 1,
      });
      expect(body.handler).toMatchObject({ id: handler, version: 2 });
      expect(body.handler.task).toEqual({ type: 'http', target, path: '/hook?x=1', method: 'PUT', headers: {} });
      expect(await opened('targets', target)).toEqual({ 'header:x-api-key': 'planted' });
      expect(await opened('handlers', handler)).toEqual({});
      expect(await revision()).toBe(start + 1);
      expect((await call('GET', `targets/${target}`)).body).toEqual(body.target);
      expect((await call('GET', `handlers/${handler}`)).body).toEqual(body.handler);
      const again = await call('POST', path);
      expect([again.status, again.body.type]).toEqual([409, 'urn:provisor:problem:no-url']);
    });

    it('have a name that is free, or the handler stays as it is', async () => {
      await created();
      const handler = (await createHandler({ url: 'https://crm.example' })).body.id as string;
      const taken = await call('POST', `handlers/${handler}/extract-target`, { name: 'CRM' });
      expect([taken.status, taken.body.type]).toEqual([409, 'urn:provisor:problem:name-taken']);
      expect((await call('GET', `handlers/${handler}`)).body.version).toBe(1);
      expect(errorFields(await call('POST', `handlers/${handler}/extract-target`, { name: '' }))).toEqual(['name']);
      const { body } = await call('POST', `handlers/${handler}/extract-target`, { name: 'Own' });
      expect(body.handler.task).toEqual({ type: 'http', target: body.target.id, method: 'POST', headers: {} });
    });
  });

  it('are probed with the key that has waited longest, and that no executor works on', async () => {
    const id = await created();
    const { body } = await createHandler({ target: id });
    const none = await call('POST', `targets/${id}/probe`);
    expect([none.status, none.body.type]).toEqual([409, 'urn:provisor:problem:nothing-waits']);
    await wait('running', body.id as string, '2026-03-01T09:00:00Z', '9999-01-01T00:00:00Z');
    await wait('gone', body.id as string, '2026-03-01T09:01:00Z');
    await wait('oldest', body.id as string, '2026-03-01T09:02:00Z');
    await wait('newest', body.id as string, '2026-03-01T09:03:00Z');
    await wait('other', crypto.randomUUID(), '2026-03-01T08:00:00Z');
    await using executor = await standIn(registry.sandbox.amqpUrl, {
      [retryDeferralPattern]: ({ key: asked }: { key: string }) => ({
        kind: asked === 'gone' ? 'not_waiting' : 'accepted',
      }),
    });
    const probed = await call('POST', `targets/${id}/probe`);
    expect([probed.status, probed.body]).toEqual([202, { key: 'oldest' }]);
    expect([await executor.next(), await executor.next()]).toMatchObject([
      { data: { key: 'gone' } },
      { data: { key: 'oldest' } },
    ]);
    expect(itemsOf(await call('GET', 'audit?action=target.probe'))).toMatchObject([{ after: { key: 'oldest' } }]);
  });

  it('are not probed while they are held, nor with a handler that is', async () => {
    const id = await created();
    const { body } = await createHandler({ target: id });
    await wait('held', body.id as string, '2026-03-01T09:00:00Z');
    await call('PUT', `targets/${id}/hold`, { reason: 'upgrade' });
    const ofTarget = await call('POST', `targets/${id}/probe`);
    expect([ofTarget.status, ofTarget.body.type]).toEqual([409, 'urn:provisor:problem:target-held']);
    await call('DELETE', `targets/${id}/hold`);
    await call('PUT', `handlers/${body.id as string}/hold`, { reason: 'upgrade' });
    const ofHandler = await call('POST', `targets/${id}/probe`);
    expect([ofHandler.status, ofHandler.body.type]).toEqual([409, 'urn:provisor:problem:nothing-waits']);
  });

  it('find the keys that wait for their handlers', async () => {
    const id = await created();
    const { body } = await createHandler({ target: id });
    await wait('mine', body.id as string, '2026-03-01T09:00:00Z');
    await wait('other', crypto.randomUUID(), '2026-03-01T09:00:00Z');
    const preview = await call('POST', 'deferrals/preview', { filter: { targetId: id } });
    expect(preview.body).toEqual({ keys: 1, events: 0 });
    expect(errorFields(await call('GET', 'deferrals?targetId=x'))).toEqual(['targetId']);
    const operation = await call('POST', 'deferrals/retry', { filter: { targetId: id.toUpperCase() } });
    expect(operation.body.filter).toEqual({ targetId: id });
  });

  it('have their secrets re-encrypted with a new key, deleted ones too', async () => {
    const id = await created({ auth: basic });
    const gone = await created({ name: 'gone', auth: oauth });
    await call('DELETE', `targets/${gone}`);
    const renewed = new SecretBox([createSecretKey(randomBytes(32)), key]);
    expect(await rotateSecrets(registry.database, renewed)).toEqual({ reencrypted: 2, current: 0, undecrypted: [] });
    expect(await rotateSecrets(registry.database, renewed)).toMatchObject({ reencrypted: 0, current: 2 });
    const strange = new SecretBox([createSecretKey(randomBytes(32))]);
    expect((await rotateSecrets(registry.database, strange)).undecrypted).toMatchObject([
      { type: 'target', id, name: 'CRM', slot: 'auth:secret' },
      { type: 'target', id: gone },
    ]);
  });
});
