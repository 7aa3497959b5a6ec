import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeKey } from '../../testing/keys.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../../testing/registry.ts';

const path = '/api/v1/handlers/set';
const script = { type: 'script', path: 'a.py' };
const handler = (name: string, rest: object = {}): object => ({ name, event: 'clients.create', task: script, ...rest });
const http = (headers: object): object => ({ task: { type: 'http', url: 'https://crm.test/', headers } });

describe('/handlers/set', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry({ defaultTimeoutMs: 7_000 });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    await registry.database.query('delete from handlers');
  });

  const apply = (handlers: object[], rest: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
    registry.call('PUT', path, { body: { handlers, ...rest }, headers });
  const preview = (handlers: object[], rest: object = {}): Promise<Answer> =>
    registry.call('POST', `${path}/preview`, { body: { handlers, ...rest } });
  const current = (): Promise<Answer> => registry.call('GET', path);
  const revision = async (): Promise<number> => (await current()).body.revision as number;
  const listed = async (): Promise<Record<string, unknown>[]> =>
    itemsOf(await registry.call('GET', '/api/v1/handlers?sort=name'));
  const actionsIn = ({ body }: Answer): [string, string][] =>
    (body.changes as { action: string; name: string }[]).map(({ action, name }) => [action, name]);

  it('creates, changes and archives in one revision of the catalog', async () => {
    await apply([handler('stays'), handler('changes'), handler('goes')]);
    const before = await revision();
    const wanted = [handler('stays'), handler('changes', { description: 'new' }), handler('comes')];
    const answer = await apply(wanted, { prune: true });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ revision: before + 1, unchanged: 1 });
    expect(answer.headers.get('etag')).toBe(`"${before + 1}"`);
    expect(actionsIn(answer)).toEqual([
      ['update', 'changes'],
      ['create', 'comes'],
      ['archive', 'goes'],
    ]);
    expect((await listed()).map(({ name, version }) => [name, version])).toEqual([
      ['changes', 2],
      ['comes', 1],
      ['stays', 1],
    ]);
    expect(answer.body.changes[0]).toMatchObject({ before: { description: '' }, after: { description: 'new' } });
    expect(answer.body.changes[2].after).toBeNull();
  });

  it('comes to the same however often it is applied, also as it was read', async () => {
    await apply([
      handler('a', { retry: { maxAttempts: 2, schedule: ['1s'] } }),
      handler('b', { ...http({ accept: 'x' }), format: 'cloudevents' }),
    ]);
    const { headers, body } = await current();
    expect(headers.get('etag')).toBe(`"${body.revision as number}"`);
    const again = await apply(body.handlers as object[], { prune: true });
    expect(again.body).toMatchObject({ revision: body.revision, changes: [], unchanged: 2 });
    expect((body.handlers as { format?: string }[]).map(({ format }) => format)).toEqual([undefined, 'cloudevents']);
    expect(await revision()).toBe(body.revision);
  });

  it('takes each handler whole, but leaves status and priority where they are not given', async () => {
    await apply([handler('a', { description: 'x', timeoutMs: 1, maxConcurrency: 1, status: 'disabled', priority: 9 })]);
    const [change] = (await apply([handler('a')])).body.changes as { after: object }[];
    expect(change!.after).toMatchObject({
      description: '',
      timeoutMs: 7_000,
      maxConcurrency: 64,
      status: 'disabled',
      priority: 9,
    });
  });

  it('puts new handlers behind those of their event, in the order of the set', async () => {
    await apply([handler('outside', { priority: 5 })]);
    await apply([
      handler('x'),
      handler('first', { priority: 7 }),
      handler('y'),
      handler('other', { event: 'clients.update' }),
    ]);
    expect((await listed()).map(({ name, priority }) => [name, priority])).toEqual([
      ['first', 7],
      ['other', 1],
      ['outside', 5],
      ['x', 8],
      ['y', 9],
    ]);
    await apply([handler('only')], { prune: true });
    expect((await listed()).map(({ name, priority }) => [name, priority])).toEqual([['only', 1]]);
  });

  it('changes nothing if any handler is invalid, and names every fault', async () => {
    const before = await revision();
    const wrong = await apply([
      handler('ok'),
      handler('bad', { event: 'clients.nothing', onFailure: 'x' }),
      handler('gone', { status: 'archived' }),
      handler('bad task', { task: { type: 'http', url: 'ftp://x' } }),
    ]);
    expect(wrong.status).toBe(400);
    expect(errorFields(wrong)).toEqual([
      'handlers.1.event',
      'handlers.1.onFailure',
      'handlers.2.status',
      'handlers.3.task.url',
    ]);
    const twice = await apply([handler('a'), handler(' a'), handler('b', http({ authorization: '***' }))]);
    expect(errorFields(twice)).toEqual(['handlers.1.name', 'handlers.2.task.headers']);
    expect(await listed()).toEqual([]);
    expect(await revision()).toBe(before);
    expect((await registry.call('PUT', path, { body: { handlers: [1, null, []] } })).status).toBe(400);
    expect((await registry.call('PUT', path, { body: { prune: true } })).status).toBe(400);
    expect(errorFields(await apply([], { prune: 'yes' }))).toEqual(['prune']);
  });

  it('is refused when the catalog is not the one that was looked at', async () => {
    const seen = await revision();
    await apply([handler('a')], {}, { 'if-match': `"${seen}"` });
    const stale = await apply([handler('b')], {}, { 'if-match': `"${seen}"` });
    expect([stale.status, stale.body.type]).toEqual([412, 'urn:provisor:problem:revision-stale']);
    expect(stale.body.detail).toBe(`the handlers have changed: the revision is ${seen + 1}`);
    expect((await listed()).map(({ name }) => name)).toEqual(['a']);
  });

  it('keeps a secret that is marked, says which were given, and shows none', async () => {
    const first = await apply([handler('a', http({ authorization: 'Bearer hunter2' }))]);
    expect(first.body.changes[0]).toMatchObject({ action: 'create', secrets: ['header:authorization'] });
    const kept = await apply([handler('a', http({ authorization: '***' }))]);
    expect(kept.body).toMatchObject({ changes: [], unchanged: 1 });
    const given = await apply([handler('a', http({ authorization: 'Bearer hunter3' }))]);
    expect(given.body.changes[0]).toMatchObject({ action: 'update', secrets: ['header:authorization'] });
    const audit = await registry.call('GET', '/api/v1/audit');
    expect(JSON.stringify([first.body, given.body, (await current()).body, audit.body])).not.toContain('hunter');
  });

  it('keeps what calls are signed with', async () => {
    await apply([handler('a', http({}))]);
    const [{ id }] = (await listed()) as [{ id: string }];
    const made = await registry.call('POST', `/api/v1/handlers/${id}/signing-secrets`, { body: {} });
    expect(made.status).toBe(201);
    await apply([handler('a', { ...http({}), description: 'other' })]);
    expect((await listed())[0]).toMatchObject({ description: 'other', signingSecrets: [{ id: made.body.id }] });
  });

  it('says beforehand what it would do, and does not do it', async () => {
    await apply([handler('a'), handler('b')]);
    const wanted = [handler('a', { description: 'x' }), handler('c')];
    const seen = await revision();
    const { key } = await makeKey(registry, 'viewer');
    const told = await registry.call('POST', `${path}/preview`, { body: { handlers: wanted, prune: true }, key });
    expect(told.status).toBe(200);
    expect([await revision(), told.body.revision]).toEqual([seen, seen]);
    const done = await apply(wanted, { prune: true });
    expect(done.body).toEqual({ ...told.body, revision: seen + 1 });
    expect((await preview([handler('a', { event: 'x' })])).status).toBe(400);
  });

  it('writes every change to the audit', async () => {
    await apply([handler('a'), handler('b')]);
    await apply([handler('a', { description: 'x' })], { prune: true });
    await preview([handler('c')]);
    const items = itemsOf<{ action: string; subject: { name: string } }>(
      await registry.call('GET', '/api/v1/audit?limit=4'),
    );
    expect(items.map(({ action, subject }) => [action, subject.name])).toEqual([
      ['handler.archive', 'b'],
      ['handler.update', 'a'],
      ['handler.create', 'b'],
      ['handler.create', 'a'],
    ]);
  });

  it('takes thousands at once', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => handler(`handler ${n}`, { description: 'd'.repeat(500) }));
    const answer = await apply(many);
    expect([answer.status, answer.body.changes?.length]).toEqual([200, 3_000]);
    expect((await apply(many.slice(0, 2_999), { prune: true })).body.changes).toHaveLength(1);
    expect((await apply(Array.from({ length: 10_001 }, () => ({})))).status).toBe(400);
  });

  it('does not collide with one that creates handlers meanwhile', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        n % 2 === 0
          ? apply([handler('a'), handler('b', { description: String(n) })])
          : registry.call('POST', '/api/v1/handlers', { body: handler('a') }),
      ),
    );
    expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
    expect((await listed()).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
