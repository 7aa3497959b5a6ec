import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { secretContext } from '#contracts';
import { SecretBox } from '#secrets';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../../testing/registry.ts';

const path = '/api/v1/handlers/set';
const key = createSecretKey(randomBytes(32));
const target = (name: string, rest: object = {}): object => ({ name, baseUrl: `https://${name}.example`, ...rest });
const handler = (name: string, task: object): object => ({
  name,
  event: 'clients.create',
  task: { type: 'http', ...task },
});
const auth = {
  type: 'oauth2_client_credentials',
  tokenUrl: 'https://login.example/token',
  clientId: 'me',
  clientSecret: 'planted',
};

describe('the targets of /handlers/set', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry({ secretKeys: [key] });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    await registry.database.query('delete from handlers');
    await registry.database.query('delete from targets');
  });

  const apply = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
    registry.call('PUT', path, { body, headers });
  const current = async (): Promise<Answer> => registry.call('GET', path);
  const listed = async (): Promise<Record<string, unknown>[]> => itemsOf(await registry.call('GET', '/api/v1/targets'));

  it('are created, changed and deleted with the handlers that name them, in one revision', async () => {
    const first = { targets: [target('crm'), target('erp')], handlers: [handler('a', { target: 'crm', path: '/x' })] };
    const made = await apply(first);
    expect([made.status, made.body.errors]).toEqual([200, undefined]);
    expect(made.body.targets).toMatchObject({
      changes: [
        { action: 'create', name: 'crm', before: null, after: { baseUrl: 'https://crm.example' } },
        { action: 'create', name: 'erp' },
      ],
      unchanged: 0,
    });
    expect(made.body.changes).toMatchObject([{ action: 'create', after: { task: { target: 'crm', path: '/x' } } }]);
    const [crm] = await listed();
    expect(itemsOf(await registry.call('GET', '/api/v1/handlers'))).toMatchObject([{ task: { target: crm!['id'] } }]);

    const { revision } = (await current()).body as { revision: number };
    const second = {
      targets: [target('crm', { rate: { perSecond: 5 } })],
      handlers: [handler('a', { target: 'crm', path: '/y' })],
      prune: true,
    };
    const preview = await registry.call('POST', `${path}/preview`, { body: second });
    const changed = await apply(second, { 'if-match': `"${revision}"` });
    expect(changed.body).toEqual({ ...preview.body, revision: revision + 1 });
    expect(changed.body.targets.changes).toMatchObject([
      { action: 'update', name: 'crm', after: { rate: { perSecond: 5, burst: 1 } } },
      { action: 'delete', name: 'erp', after: null },
    ]);
    expect((await listed()).map(({ name, version }) => [name, version])).toEqual([['crm', 2]]);
    const audit = itemsOf<{ action: string }>(await registry.call('GET', '/api/v1/audit?limit=3'));
    expect(audit.map(({ action }) => action)).toEqual(['handler.update', 'target.delete', 'target.update']);
  });

  it('come to the same when they are applied as they were read, also elsewhere', async () => {
    const window = { days: ['sun'], from: '02:00', to: '04:00', timeZone: 'Europe/Berlin' };
    await apply({
      targets: [target('crm', { auth, headers: { 'x-tenant': '7' }, windows: [window], releasePerSecond: 10 })],
      handlers: [handler('a', { target: 'crm' })],
    });
    const { body } = await current();
    expect(body.targets[0]).toEqual({
      name: 'crm',
      description: '',
      baseUrl: 'https://crm.example',
      headers: { 'x-tenant': '7' },
      secretHeaders: [],
      tls: null,
      auth: { ...auth, clientSecret: '***', style: 'basic' },
      rate: null,
      maxConcurrency: null,
      windows: [window],
      releasePerSecond: 10,
    });
    const { handlers, targets, revision } = body as { handlers: object[]; targets: object[]; revision: number };
    const again = await apply({ handlers, targets, prune: true });
    expect(again.body).toEqual({ revision, changes: [], unchanged: 1, targets: { changes: [], unchanged: 1 } });

    // What follows is another installation for all that it knows.
    await registry.database.query('delete from handlers');
    await registry.database.query('delete from targets');
    const refused = await apply({ handlers, targets });
    expect([refused.status, errorFields(refused)]).toEqual([400, ['targets.0.auth.clientSecret']]);
    const whole = await apply({ handlers, targets: [{ ...targets[0], auth }] });
    expect(whole.body.targets.changes).toMatchObject([{ action: 'create', secrets: ['auth:secret'] }]);
    const [row] = await registry.database.query<{ id: string; secrets: Record<string, string> }[]>(
      'select id, secrets from targets',
    );
    const sealed = row!.secrets['auth:secret']!;
    expect(new SecretBox([key]).open(sealed, secretContext(row!.id, 'auth:secret'))).toBe('planted');
  });

  it('stay as they are when the set says nothing of them, also when it prunes', async () => {
    await apply({ targets: [target('crm')], handlers: [handler('a', { target: 'crm' })] });
    const answer = await apply({ handlers: [handler('b', { target: 'crm' })], prune: true });
    expect(answer.body.targets).toEqual({ changes: [], unchanged: 0 });
    expect((await listed()).map(({ name }) => name)).toEqual(['crm']);
    await apply({ handlers: [], prune: true });
    expect(await listed()).toHaveLength(1);
  });

  it.each<[object[], object[], string[]]>([
    [[target('x'), target('x')], [], ['targets.1.name']],
    [[target('x', { baseUrl: 'ftp://x' })], [], ['targets.0.baseUrl']],
    [[target('x', { hold: null })], [], ['targets.0.hold']],
    [[target('x', { auth: { ...auth, clientSecret: '***' } })], [], ['targets.0.auth.clientSecret']],
    [[], [handler('a', { target: 'x' })], ['handlers.0.task.target']],
    [[target('x')], [handler('a', { target: 'known' })], ['handlers.0.task.target']],
    [[target('x')], [handler('a', { target: 'x', path: 'y' })], ['handlers.0.task.path']],
  ])('given as %j with the handlers %j name the fields %j, and nothing changes', async (targets, handlers, fields) => {
    await apply({ targets: [target('known')], handlers: [handler('a', { target: 'known' })] });
    const before = (await current()).body as object;
    const answer = await apply({ targets, handlers, prune: true });
    expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
    expect((await current()).body).toEqual(before);
  });

  it('do not take secret headers of handlers to another origin', async () => {
    const secret = { target: 'crm', headers: { 'x-api-key': 'planted' } };
    await apply({ targets: [target('crm')], handlers: [handler('a', secret), handler('b', { target: 'crm' })] });
    const targets = [target('crm', { baseUrl: 'https://evil.example' })];
    const kept = { target: 'crm', headers: { 'x-api-key': '***' } };
    expect(errorFields(await apply({ targets, handlers: [handler('a', kept)] }))).toEqual(['handlers.0.task.headers']);
    expect(errorFields(await apply({ targets, handlers: [] }))).toEqual(['targets.0.baseUrl']);
    expect((await apply({ targets, handlers: [handler('a', secret)] })).status).toBe(200);
  });
});
