import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Handler } from '#contracts';
import { errorFields, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

const http = { type: 'http', url: '127.0.0.1:5000/api' };
const script = { type: 'script', path: 'user/local/vcs/script.py' };

describe('/handlers', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry({ defaultTimeoutMs: 7_000 });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    await registry.database.query('delete from handlers');
  });

  const create = (fields: object): Promise<Answer> =>
    registry.call('POST', '/api/v1/handlers', {
      body: { name: 'A', event: 'clients.create', task: http, ...fields },
    });
  const created = async (fields: object): Promise<Handler> => (await create(fields)).body as Handler;
  const revision = async (): Promise<number> => (await registry.call('GET', '/api/v1/catalog')).body.revision as number;

  describe('POST', () => {
    it('answers with the whole handler, its place and its version', async () => {
      const { status, headers, body } = await create({ name: '  Create SIP account ' });
      expect(status).toBe(201);
      expect(headers.get('location')).toBe(`/api/v1/handlers/${body.id}`);
      expect(headers.get('etag')).toBe('"1"');
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        name: 'Create SIP account',
        description: '',
        event: 'clients.create',
        task: { type: 'http', url: 'http://127.0.0.1:5000/api', method: 'POST', headers: {} },
        status: 'enabled',
        priority: 1,
        onFailure: 'stop',
        timeoutMs: 7_000,
        retry: { maxAttempts: 8, schedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h'] },
        maxConcurrency: 64,
        condition: null,
        lasting: null,
        outcomes: [],
        keep: {},
        windows: [],
        releasePerSecond: 250,
        hold: null,
        version: 1,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      });
      expect((await registry.call('GET', `/api/v1/handlers/${body.id}`)).body).toEqual(body);
    });

    it('puts a handler after the last one of its event that is not archived', async () => {
      await created({ name: 'A', priority: 7 });
      const archived = await created({ name: 'B', priority: 90, status: 'archived' });
      expect(archived.priority).toBe(90);
      expect((await created({ name: 'C' })).priority).toBe(8);
      expect((await created({ name: 'D', event: 'clients.update' })).priority).toBe(1);
    });

    it('gives handlers that are created at once different priorities', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => create({ name: `H${n}` })));
      const priorities = answers.map(({ body }) => body.priority as number).sort((a, b) => a - b);
      expect(priorities).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    });

    it('refuses a name that is taken, archived ones not counted', async () => {
      const { id } = await created({});
      expect(await create({})).toMatchObject({ status: 409, body: { type: 'urn:provisor:problem:name-taken' } });
      await registry.call('DELETE', `/api/v1/handlers/${id}`);
      expect((await create({})).status).toBe(201);
      const restored = await registry.call('PATCH', `/api/v1/handlers/${id}`, { body: { status: 'enabled' } });
      expect(restored.status).toBe(409);
    });

    it('names every field that does not fit', async () => {
      const answer = await create({
        name: ' ',
        event: 'clients.explode',
        task: { type: 'script', path: '../x', args: [1], mode: 'sometimes', url: 'x' },
        priority: '1',
        retry: { schedule: ['soon'], jitter: 1 },
        condition: 'data.id >',
        color: 'red',
      });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(errorFields(answer)).toEqual([
        'color',
        'condition',
        'event',
        'name',
        'priority',
        'retry.jitter',
        'retry.schedule',
        'task.args',
        'task.mode',
        'task.path',
        'task.url',
      ]);
    });

    it('takes the address of the billing system’s manual as it stands there, and plans with it', async () => {
      const task = { type: 'http', url: '120.0.0.1:5000/api' };
      const made = await create({ name: 'manual', event: 'clients.archive', task });
      expect([made.status, made.body.task.url]).toEqual([201, 'http://120.0.0.1:5000/api']);
      const shown = await registry.call('GET', `/api/v1/handlers/${made.body.id as string}`);
      expect(shown.body.task).toEqual({ ...task, url: 'http://120.0.0.1:5000/api', method: 'POST', headers: {} });
      const event = { events_id: 'clients.archive', object_id: 12, dt: '2026-03-01T09:15:00+00:00' };
      const plan = await registry.call('POST', '/api/v1/events/plan', { body: { event, data: {} } });
      expect(plan.body).toMatchObject({
        handlers: [{ position: 1, handler: { name: 'manual', task: { url: 'http://120.0.0.1:5000/api' } } }],
        notRun: [],
      });
    });

    it('takes a script that stays up', async () => {
      const task = { type: 'script', path: 'stays.py', args: [], mode: 'persistent' };
      const answer = await create({ task });
      expect(answer.status).toBe(201);
      expect(answer.body.task).toEqual(task);
    });

    it('says of a task of no known type only that', async () => {
      for (const task of [{}, { type: 'ftp', url: 1 }, { type: ['http'] }]) {
        expect((await create({ task })).body.errors).toEqual([
          { field: 'task.type', message: 'must be one of script, http, email' },
        ]);
      }
      for (const task of [null, [http], 'http', 1]) {
        expect((await create({ task })).body.errors).toEqual([{ field: 'task', message: 'must be an object' }]);
      }
    });
  });

  describe('PATCH', () => {
    it('changes what is given and nothing else', async () => {
      const before = await created({ description: 'as it was', retry: { maxAttempts: 3 } });
      const { status, headers, body } = await registry.call('PATCH', `/api/v1/handlers/${before.id}`, {
        body: { task: script, retry: { schedule: ['1s'] } },
        headers: { 'if-match': '"1"' },
      });
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe('"2"');
      expect(body).toEqual({
        ...before,
        task: { type: 'script', path: 'user/local/vcs/script.py', args: [], mode: 'once' },
        retry: { maxAttempts: 3, schedule: ['1s'] },
        version: 2,
        updatedAt: expect.any(String),
      });
      expect((await registry.call('GET', `/api/v1/handlers/${before.id}`)).body).toEqual(body);
    });

    it('refuses a change of an older version', async () => {
      const { id } = await created({});
      const patch = (ifMatch: string, description: string): Promise<Answer> =>
        registry.call('PATCH', `/api/v1/handlers/${id}`, { body: { description }, headers: { 'if-match': ifMatch } });
      expect((await patch('"1"', 'mine')).status).toBe(200);
      for (const stale of ['"1"', 'W/"2"', '1', 'garbage', '']) {
        expect(await patch(stale, 'theirs')).toMatchObject({ status: 412, body: { status: 412 } });
      }
      expect((await patch('"1", "2"', 'a list')).status).toBe(200);
      expect((await patch('*', 'whatever')).status).toBe(200);
      expect((await patch('4', 'bare')).status).toBe(200);
    });

    it('lets only one of two who change the same version', async () => {
      const { id } = await created({});
      const answers = await Promise.all(
        ['x', 'y', 'z'].map((description) =>
          registry.call('PATCH', `/api/v1/handlers/${id}`, { body: { description }, headers: { 'if-match': '"1"' } }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    });

    it('refuses null', async () => {
      const before = await created({});
      const fields = [
        'name',
        'event',
        'task',
        'status',
        'priority',
        'onFailure',
        'timeoutMs',
        'retry',
        'maxConcurrency',
      ];
      const body = Object.fromEntries(fields.map((field) => [field, null]));
      const answer = await registry.call('PATCH', `/api/v1/handlers/${before.id}`, { body });
      expect(answer.status).toBe(400);
      expect(errorFields(answer)).toEqual(fields.sort());
    });

    it('gives and takes how long a trouble has to last, and warns where none can', async () => {
      const { id } = await created({ event: 'provisor.circuit.opened', lasting: '5m' });
      const patch = (body: object) => registry.call('PATCH', `/api/v1/handlers/${id}`, { body });
      for (const lasting of ['0s', '5 minutes', 5, true]) {
        const { status, body } = await patch({ lasting });
        expect([status, body.errors]).toEqual([
          400,
          [{ field: 'lasting', message: 'must be null, or a duration like 500ms, 30s, 15m, 24h or 90d' }],
        ]);
      }
      expect((await patch({ lasting: '1h' })).body).not.toHaveProperty('warnings');
      const { body } = await patch({ event: 'provisor.executor.lost' });
      expect(body.warnings).toEqual([
        { field: 'lasting', message: expect.stringMatching(/^the handler never runs: /) },
      ]);
      expect((await patch({ lasting: null })).body).not.toHaveProperty('warnings');
    });

    it('gives and takes a condition, and says where one is wrong', async () => {
      const { id } = await created({ condition: 'data.status == "active"' });
      const patch = (condition: unknown) => registry.call('PATCH', `/api/v1/handlers/${id}`, { body: { condition } });
      expect(await registry.call('GET', `/api/v1/handlers/${id}`)).toMatchObject({
        body: { condition: 'data.status == "active"', version: 1 },
      });
      for (const [wrong, words] of [
        ['data.status ==', 'must be a condition in CEL: Unexpected token: EOF (line 1, column 15)'],
        ['"text"', 'must be a condition in CEL: it must be true or false, and is a string'],
        ['', 'must not be empty'],
        ['x'.repeat(2_001), 'must be at most 2000 characters long'],
        [7, 'must be a string, or null'],
      ]) {
        expect(await patch(wrong)).toMatchObject({
          status: 400,
          body: { errors: [{ field: 'condition', message: words }] },
        });
      }
      expect(await patch('changed("status")')).toMatchObject({ body: { condition: 'changed("status")', version: 2 } });
      expect(await patch(null)).toMatchObject({ body: { condition: null, version: 3 } });
    });

    it('gives and takes a format, which is not there when it is the usual one', async () => {
      const { id, ...plain } = await created({ format: 'native' });
      expect(plain).not.toHaveProperty('format');
      const patch = (format: unknown) => registry.call('PATCH', `/api/v1/handlers/${id}`, { body: { format } });
      expect(await patch('cloudevents')).toMatchObject({ body: { format: 'cloudevents', version: 2 } });
      expect((await registry.call('GET', '/api/v1/handlers')).body.items).toMatchObject([{ format: 'cloudevents' }]);
      for (const wrong of ['CloudEvents', 'binary', '', null, 1]) {
        expect(await patch(wrong)).toMatchObject({
          status: 400,
          body: { errors: [{ field: 'format', message: 'must be one of native, cloudevents' }] },
        });
      }
      const { body } = await patch('native');
      expect(body).toEqual({ id, ...plain, version: 3, updatedAt: expect.any(String) });
      const { items } = (await registry.call('GET', '/api/v1/audit?limit=2')).body as { items: object[] };
      expect(items).toMatchObject([
        { before: { format: 'cloudevents' }, after: { format: 'native' } },
        { before: { format: 'native' }, after: { format: 'cloudevents' } },
      ]);
    });

    it('that changes nothing leaves version and revision as they are', async () => {
      const before = await created({ task: script });
      const revisionBefore = await revision();
      const { body } = await registry.call('PATCH', `/api/v1/handlers/${before.id}`, {
        body: { name: 'A', task: script, retry: {}, condition: null },
      });
      expect(body).toEqual(before);
      expect(await revision()).toBe(revisionBefore);
    });
  });

  describe('DELETE', () => {
    it('archives, once and for all who ask again', async () => {
      const { id } = await created({});
      expect((await registry.call('DELETE', `/api/v1/handlers/${id}`, { headers: { 'if-match': '"9"' } })).status).toBe(
        412,
      );
      expect((await registry.call('DELETE', `/api/v1/handlers/${id}`)).status).toBe(204);
      const after = await revision();
      expect((await registry.call('DELETE', `/api/v1/handlers/${id}`)).status).toBe(204);
      expect(await revision()).toBe(after);
      expect((await registry.call('GET', `/api/v1/handlers/${id}`)).body).toMatchObject({
        status: 'archived',
        version: 2,
      });
    });
  });

  it('answers 404 for a handler that is not there, 400 for what is no id, and 304 for a known version', async () => {
    const { id } = await created({});
    for (const method of ['GET', 'DELETE']) {
      expect((await registry.call(method, '/api/v1/handlers/00000000-0000-7000-8000-000000000000')).status).toBe(404);
      expect(await registry.call(method, '/api/v1/handlers/12')).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'id', message: 'must be a UUID' }] },
      });
    }
    const known = await registry.call('GET', `/api/v1/handlers/${id}`, { headers: { 'if-none-match': 'W/"1"' } });
    expect([known.status, known.headers.get('etag')]).toEqual([304, '"1"']);
  });

  it('bumps the revision by one with every change', async () => {
    const start = await revision();
    const { id } = await created({});
    await registry.call('PATCH', `/api/v1/handlers/${id}`, { body: { priority: 5 } });
    await create({ priority: 0 });
    await create({});
    await registry.call('DELETE', `/api/v1/handlers/${id}`);
    expect(await revision()).toBe(start + 3);
  });
});
