import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retryDeferralPattern, skipDeferralPattern, testHandlerPattern } from '#contracts';
import { makeKey, signIn, type MadeKey } from '../testing/keys.ts';
import { prefixOf } from '../access/keys/api-key.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

const event = {
  event: { id: 'e-1', dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 12 },
  data: {},
};
const unknownId = '00000000-0000-7000-8000-000000000000';

interface Entry {
  id: string;
  at: string;
  action: string;
  subject: { type: string; id: string; name: string | null };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

describe('the audit', () => {
  let registry: TestRegistry;
  let executor: StandIn;
  let admin: MadeKey;
  beforeAll(async () => {
    registry = await startRegistry();
    admin = await makeKey(registry, 'admin', 'Ada');
    executor = await standIn(registry.sandbox.amqpUrl, {
      [retryDeferralPattern]: ({ key }: { key: string }) => ({ kind: key === 'waits' ? 'done' : 'not_waiting' }),
      [skipDeferralPattern]: () => ({ kind: 'done' }),
      [testHandlerPattern]: () => ({ eventId: 'e-2', outcome: 'success' }),
    });
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    registry.call(method, `/api/v1/${path}`, { key: admin.key, ...(body !== undefined && { body }) });
  const find = async (query: string): Promise<Entry[]> => itemsOf<Entry>(await call('GET', `audit?${query}`));
  const about = (subject: string): Promise<Entry[]> => find(`subject=${encodeURIComponent(subject)}`);

  async function createHandler(name: string, headers: Record<string, string> = {}): Promise<string> {
    const task = { type: 'http', url: 'host', headers };
    return (await call('POST', 'handlers', { name, event: 'clients.create', task })).body.id as string;
  }

  it('says who did what to a handler, when, from where, and what it was before', async () => {
    const id = await createHandler('CRM');
    await call('PATCH', `handlers/${id}`, { name: 'Customers', description: 'new' });
    await call('PATCH', `handlers/${id}`, { description: 'new' });
    await call('DELETE', `handlers/${id}`);
    await call('PATCH', `handlers/${id}`, { status: 'disabled' });
    const entries = await about(id);
    expect(entries.map(({ action }) => action)).toEqual([
      'handler.restore',
      'handler.archive',
      'handler.update',
      'handler.create',
    ]);
    expect(entries.at(-1)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      at: expect.any(String),
      actor: { kind: 'api_key', id: admin.id, name: 'Ada' },
      address: '127.0.0.1',
      action: 'handler.create',
      subject: { type: 'handler', id, name: 'CRM' },
      before: null,
      after: expect.objectContaining({ name: 'CRM', event: 'clients.create', status: 'enabled', version: 1 }),
    });
    expect(entries[2]).toMatchObject({
      subject: { name: 'Customers' },
      before: { name: 'CRM', description: '', version: 1 },
      after: { name: 'Customers', description: 'new', version: 2 },
    });
    expect(entries[1]).toMatchObject({ before: { status: 'enabled' }, after: { status: 'archived' } });
    expect(entries[0]).toMatchObject({ before: { status: 'archived' }, after: { status: 'disabled' } });
    expect(Date.now() - Date.parse(entries[0]!.at)).toBeLessThan(60_000);
  });

  it('says how the order was and is', async () => {
    const names = ['first', 'second'];
    const ids: string[] = [];
    for (const name of names) ids.push(await createHandler(name));
    const body = { event: 'clients.create', ids: ids.toReversed() };
    await call('PUT', 'handlers/order', body);
    await call('PUT', 'handlers/order', body);
    const [entry, ...others] = await find('action=handler.order');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ subject: { type: 'event_type', id: 'clients.create' } });
    const [before, after] = [entry!.before!['ids'], entry!.after!['ids']] as [string[], string[]];
    expect(before.filter((id) => ids.includes(id))).toEqual(ids);
    expect(after.slice(0, 2)).toEqual(ids.toReversed());
  });

  it('has nothing of what was refused', async () => {
    const id = await createHandler('taken');
    const before = await find('limit=200');
    expect(
      (await call('POST', 'handlers', { name: 'taken', event: 'clients.create', task: { type: 'http', url: 'x' } }))
        .status,
    ).toBe(409);
    expect(
      (
        await registry.call('PATCH', `/api/v1/handlers/${id}`, {
          body: { description: 'x' },
          headers: { 'if-match': '"9"' },
        })
      ).status,
    ).toBe(412);
    expect((await call('POST', 'deferrals/nothing/retry')).status).toBe(404);
    expect((await call('DELETE', `api-keys/${unknownId}`)).status).toBe(404);
    expect((await call('POST', 'events', { ...event, data: 1 })).status).toBe(400);
    expect(await find('limit=200')).toEqual(before);
  });

  it('has every command that was taken', async () => {
    const id = await createHandler('tested');
    await call('POST', `handlers/${id}/test`);
    await call('POST', 'deferrals/waits/retry');
    await call('POST', 'deferrals/waits/skip');
    await call('POST', 'catalog/reload');
    await call('POST', 'events', event);
    const { body } = await call('POST', 'replays', { filter: { objectId: 12 } });
    await call('DELETE', `replays/${body.id}`);
    await call('DELETE', `replays/${body.id}`);
    const said = (await find('limit=7')).map(({ action, subject, after }) => [action, subject.type, subject.id, after]);
    expect(said).toEqual([
      ['replay.cancel', 'replay', body.id, null],
      ['replay.create', 'replay', body.id, { filter: { objectId: 12 }, handlerIds: null }],
      ['event.publish', 'event', 'e-1', { type: 'clients.create', objectId: 12, partitionKey: 'Clients:12' }],
      ['catalog.reload', 'catalog', 'catalog', expect.anything()],
      ['deferral.skip', 'partition_key', 'waits', null],
      ['deferral.retry', 'partition_key', 'waits', null],
      ['handler.test', 'handler', id, { eventId: 'e-2', outcome: 'success' }],
    ]);
  });

  it('has keys and sessions, and not what opens them', async () => {
    const { id, key } = await makeKey(registry, 'viewer', 'Grace');
    const cookie = await signIn(registry, key);
    await registry.call('DELETE', '/api/v1/session', { key: null, headers: { cookie, origin: registry.url } });
    await call('DELETE', `api-keys/${id}`);
    const entries = await about('Grace');
    expect(entries.map(({ action }) => action)).toEqual([
      'api_key.revoke',
      'session.end',
      'session.begin',
      'api_key.create',
    ]);
    expect(entries[1]).toMatchObject({ actor: { kind: 'session', id, name: 'Grace' } });
    expect(entries[0]).toMatchObject({ before: { revokedAt: null }, after: { revokedAt: expect.any(String) } });
    expect(JSON.stringify(entries)).not.toContain(key.slice(prefixOf(key)!.length + 1));
    expect(JSON.stringify(entries)).not.toContain(cookie.split('=')[1]);
  });

  it('hides secrets, in the table as well', async () => {
    await createHandler('secretive', { Authorization: 'Bearer planted', 'X-Api-Key': 'planted', accept: '*/*' });
    const [entry] = await about('secretive');
    expect(entry!.after).toMatchObject({
      task: { headers: { Authorization: '***', 'X-Api-Key': '***', accept: '*/*' } },
    });
    const [row] = await registry.database.query<{ dump: string }[]>(
      `select string_agg(a::text, '') as dump from audit a`,
    );
    expect(row!.dump).not.toContain('planted');
  });

  it('can be searched and read page by page', async () => {
    for (const name of ['p1', 'p2', 'p3']) await createHandler(name);
    const ours = 'action=handler.create&actor=Ada';
    const all = await find(ours);
    const first = await call('GET', `audit?${ours}&limit=2`);
    const rest = await call('GET', `audit?${ours}&cursor=${first.body.nextCursor}`);
    expect([...itemsOf(first), ...itemsOf(rest)]).toEqual(all);
    expect(await find(`${ours}&actor=unknown`.replace('actor=Ada&', ''))).toEqual([]);
    expect(await find(`actor=${admin.id}&action=handler.create,handler.order`)).not.toEqual([]);
    expect(await find(`${ours}&to=2001-01-01T00:00:00Z`)).toEqual([]);
    expect(await find(`${ours}&from=2001-01-01T00:00:00Z`)).toEqual(all);
    expect(errorFields(await call('GET', 'audit?action=handler.eat&from=soon&cursor=x&who=me'))).toEqual([
      'action',
      'cursor',
      'from',
      'who',
    ]);
  });

  it.each(['update audit set actor_name = null', 'delete from audit', 'truncate audit'])(
    'cannot be changed by a role that may insert: %s',
    async (statement) => {
      await expect(registry.database.query(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );
});
