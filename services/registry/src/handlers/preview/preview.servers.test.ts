import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { errorFields, startRegistry, type Answer, type TestRegistry } from '../../testing/registry.ts';
import { makeKey } from '../../testing/keys.ts';

const event = 'clients.update';
const head = { id: 'e-1', dt: '2026-03-01T09:15:00+00:00', events_id: event, object_id: 12 };

describe('requests shaped by the event', () => {
  let registry: TestRegistry;
  let viewer: string;
  beforeAll(async () => {
    registry = await startRegistry();
    viewer = (await makeKey(registry, 'viewer')).key;
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    await registry.database.query('delete from handlers');
  });

  const task = (fields: object = {}) => ({ type: 'http', url: 'http://crm.example.org/c/{{ data.id }}', ...fields });
  const create = (fields: object): Promise<Answer> =>
    registry.call('POST', '/api/v1/handlers', { body: { name: 'A', event, task: task(), ...fields } });
  const faultsOf = async (fields: object): Promise<Record<string, string>> => {
    const { status, body } = await create(fields);
    expect(status).toBe(400);
    const { errors } = body as { errors: { field: string; message: string }[] };
    return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
  };

  it('are saved as they are written, and changed and taken away by PATCH', async () => {
    const fields = {
      task: task({ body: '<a>{{ data.name }}</a>', contentType: 'text/xml', headers: { 'x-id': '{{ data.id }}' } }),
      outcomes: [
        { when: 'maybe && response.status == 409', outcome: 'success', reason: 'already_exists' },
        { when: 'has(response.json.error)', outcome: 'permanent' },
      ],
      keep: { sipId: 'response.json.id' },
    };
    const { status, body } = await create(fields);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...fields, task: { ...fields.task, method: 'POST' } });
    const path = `/api/v1/handlers/${body.id}`;
    const same = await registry.call('PATCH', path, { body: fields });
    expect(same.body).toMatchObject({ version: 1 });
    const changed = await registry.call('PATCH', path, {
      body: { task: task({ body: null }), outcomes: [], keep: {} },
    });
    expect(changed.body).toMatchObject({ version: 2, outcomes: [], keep: {} });
    expect(changed.body.task).toEqual({
      type: 'http',
      url: 'http://crm.example.org/c/{{ data.id }}',
      method: 'POST',
      headers: {},
    });
    const set = await registry.call('GET', '/api/v1/handlers/set');
    expect(set.body.handlers).toMatchObject([{ outcomes: [], keep: {} }]);
  });

  it('that cannot be are refused, naming field, line and column', async () => {
    expect(
      await faultsOf({
        task: task({
          url: 'http://h/{{ data.id',
        }),
      }),
    ).toEqual({ 'task.url': 'line 1, column 10: {{ is not closed by }}' });
    expect(await faultsOf({ task: task({ url: 'http://{{ data.host }}/' }) })).toEqual({
      'task.url': 'line 1, column 8: scheme, host and port take no placeholder',
    });
    expect(
      await faultsOf({
        task: task({ body: '{\n  "a": {{ data.a }},\n  "b": {{ data. }}\n}', headers: { 'x-id': '{{ nothing }}' } }),
      }),
    ).toEqual({
      'task.headers.x-id': 'line 1, column 4: Unknown variable: nothing',
      'task.body': expect.stringMatching(/^line 3, column \d+: /),
    });
    expect(await faultsOf({ task: task({ contentType: 'text/xml' }) })).toEqual({
      'task.contentType': expect.stringMatching(/is for a task with a body/),
    });
    expect(await faultsOf({ task: task({ body: 'x', contentType: 'xml' }) })).toEqual({
      'task.contentType': 'must be a content type, like application/json',
    });
    expect(await faultsOf({ task: task({ body: 7 }) })).toEqual({ 'task.body': 'must be a string, or null' });
    const args = ['fixed', '{{ data.id }}'];
    expect(await faultsOf({ task: { type: 'script', path: 'a.sh', args: ['{{ }}'] } })).toEqual({
      'task.args.0': expect.stringMatching(/an expression must stand here/),
    });
    expect(await faultsOf({ task: { type: 'script', path: 'a.sh', args, mode: 'persistent' } })).toEqual({
      'task.args.1': expect.stringMatching(/takes no placeholder with mode persistent/),
    });
  });

  it('and rules that cannot be are refused, naming each', async () => {
    expect(
      await faultsOf({
        outcomes: [
          { when: 'response.status == ', outcome: 'success', reason: 'a' },
          { when: '"text"', outcome: 'perhaps', reason: 'aborted' },
          { when: 'sheep', outcome: 'success', reason: 'Not A Word' },
        ],
      }),
    ).toEqual({
      'outcomes.0.when': expect.stringMatching(/^must be true or false, in CEL: .*line 1, column/),
      'outcomes.1.when': expect.stringMatching(/it must be true or false, and is a string/),
      'outcomes.1.outcome': 'must be one of success, retryable, permanent',
      'outcomes.1.reason': expect.stringMatching(/must be a word of your own/),
      'outcomes.2.when': expect.stringMatching(/Unknown variable: sheep/),
      'outcomes.2.reason': expect.stringMatching(/must be a word like already_exists/),
    });
    expect(await faultsOf({ keep: { sipId: 'response.json.', b: 7 } })).toEqual({
      'keep.sipId': expect.stringMatching(/^must be an expression in CEL: .*line 1, column/),
      'keep.b': 'must be a string',
    });
    expect(await faultsOf({ keep: { '1a': 'response.text' } })).toEqual({
      keep: expect.stringMatching(/"1a" must be a name/),
    });
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`a${n}`, 'response.text']));
    expect(await faultsOf({ keep: many })).toEqual({ keep: 'must have at most 16 values' });
    const rule = { when: 'true', outcome: 'success', reason: 'a' };
    expect(errorFields(await create({ outcomes: Array.from({ length: 17 }, () => rule) }))).toEqual(['outcomes']);
    const set = await registry.call('PUT', '/api/v1/handlers/set', {
      body: { handlers: [{ name: 'A', event, task: task(), keep: { a: '{{' } }], prune: false },
    });
    expect(errorFields(set)).toEqual(['handlers.0.keep.a']);
  });

  it('that the sample cannot make are saved with a warning', async () => {
    const { status, body } = await create({ task: task({ body: '{"a": {{ data.nothing }}}' }) });
    expect(status).toBe(201);
    expect(body.warnings).toEqual([
      {
        field: 'task.body',
        message: expect.stringMatching(
          /^For the sample of clients.update, this cannot be made: line 1, column 1\d: No such key/,
        ),
      },
    ]);
    const later = await create({ name: 'B', task: task({ body: '{"a": {{ results["A"].x }}}' }) });
    expect(later.body.warnings).toBeUndefined();
  });

  it('are shown exactly, with secrets and redacted values hidden, to viewers as well', async () => {
    const { body: handler } = await create({
      task: task({
        method: 'PUT',
        headers: { Authorization: 'Bearer {{ data.id }}', 'X-Name': '{{ data.name }}' },
        body: '{"id": {{ data.id }}, "name": "{{ data.name }}", "code": "{{ data.auth_password }}"}',
      }),
    });
    const data = '{"id":9223372036854775807,"name":"a\\"b/é","auth_password":"pw1"}';
    const given = `{"event":{"event":${JSON.stringify(head)},"data":${data}}}`;
    const { status, body } = await registry.call('POST', `/api/v1/handlers/${handler.id}/preview`, {
      body: given,
      key: viewer,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      fault: null,
      request: {
        method: 'PUT',
        url: 'http://crm.example.org/c/9223372036854775807',
        headers: {
          authorization: '***',
          'x-name': 'a"b/é',
          'content-type': 'application/json',
          'user-agent': expect.stringMatching(/^Provisor\//),
          'webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
          'webhook-timestamp': expect.stringMatching(/^\d+$/),
          'provisor-event-id': 'e-1',
          'provisor-event-type': event,
          'provisor-handler-id': handler.id,
          'provisor-attempt': '1',
          traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
        },
        body: '{"id": 9223372036854775807, "name": "a\\"b/é", "code": "***"}',
      },
    });
  });

  it('are those of the sample where no event is given, and say why they cannot be made', async () => {
    const { body: plain } = await create({ task: { type: 'script', path: 'a.sh', args: ['{{ event.object_id }}'] } });
    const sample = await registry.call('POST', `/api/v1/handlers/${plain.id}/preview`);
    expect(sample.body).toMatchObject({ request: { script: { path: 'a.sh', args: [expect.any(String)] } } });
    const { body: failing } = await create({ name: 'B', task: task({ body: '[{{ results["A"].x }}]' }) });
    const failed = await registry.call('POST', `/api/v1/handlers/${failing.id}/preview`, {});
    expect(failed.body).toEqual({
      request: null,
      fault: {
        field: 'task.body',
        message: expect.stringMatching(
          /^template needs results of an earlier call: line 1, column \d+: No such key: A$/,
        ),
      },
    });
    const nobody = '01960000-0000-7000-8000-000000000001';
    expect((await registry.call('POST', `/api/v1/handlers/${nobody}/preview`)).status).toBe(404);
  });

  it('are shown for handlers that are not saved, with what their rules make of an answer', async () => {
    const handler = {
      event,
      task: task({ body: '{"id": {{ data.id }}}' }),
      outcomes: [{ when: 'maybe && response.status == 409', outcome: 'success', reason: 'already_exists' }],
      keep: { id: 'response.json.id', none: 'response.json.none' },
    };
    const response = { http: { status: 409, headers: {}, body: '{"id":7}', truncated: false } };
    const preview = (body: object) => registry.call('POST', '/api/v1/handlers/preview', { body, key: viewer });
    const { status, body } = await preview({
      handler,
      event: { event: head, data: { id: 5 } },
      answer: { response, maybe: true },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      request: { url: 'http://crm.example.org/c/5', body: '{"id": 5}' },
      fault: null,
      judgement: {
        rule: 0,
        kept: { id: 7 },
        faults: [{ field: 'keep.none', message: expect.stringMatching(/No such key: none/) }],
      },
    });
    expect((await preview({ handler, answer: { response } })).body).toMatchObject({ judgement: { rule: null } });
    expect(errorFields(await preview({ handler: { event, task: task({ body: '{' }) } }))).toEqual([
      'handler.task.body',
    ]);
    expect(errorFields(await preview({ handler, answer: { response: { http: {} } } }))).toEqual(['answer.response']);
    expect(errorFields(await preview({}))).toEqual(['handler']);
  });

  it('stand in the plan of an event', async () => {
    await create({ name: 'A', task: task({ body: '{{ data.name }}', contentType: 'text/plain' }) });
    await create({ name: 'B', task: task({ url: 'http://h/{{ results.A.x }}' }), condition: 'results.A.x == 1' });
    const { body } = await registry.call('POST', '/api/v1/events/plan', {
      body: { event: head, data: { id: 3, name: 'Ann' } },
    });
    expect(body).toMatchObject({
      handlers: [
        { position: 1, request: { url: 'http://crm.example.org/c/3', body: 'Ann' }, fault: null },
        { position: 2, request: null, fault: { field: 'task.url', message: expect.stringMatching(/^template needs/) } },
      ],
      notRun: [],
    });
  });
});
