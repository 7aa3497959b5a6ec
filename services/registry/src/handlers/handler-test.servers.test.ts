import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { testHandlerPattern, type TestedAttempt, type TestHandlerCommand } from '#contracts';
import { errorFields, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

const head = { id: 'e-1', dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 12 };
const task = { type: 'http', url: 'http://host/', method: 'POST', headers: {} };

describe('POST /handlers/:id/test', () => {
  let registry: TestRegistry;
  let executor: StandIn;
  let handlerId: string;
  beforeAll(async () => {
    registry = await startRegistry();
    executor = await standIn(registry.sandbox.amqpUrl, { [testHandlerPattern]: attemptAt });
    handlerId = await createHandler({ name: 'CRM', status: 'disabled' });
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  async function createHandler(fields: object): Promise<string> {
    const body = { event: 'clients.update', task, timeoutMs: 60_000, ...fields };
    return (await registry.call('POST', '/api/v1/handlers', { body })).body.id as string;
  }

  function attemptAt({ body }: TestHandlerCommand): TestedAttempt {
    const { event } = JSON.parse(body) as { event: { id: string } };
    return {
      id: uuidv7(),
      executionId: uuidv7(),
      eventId: event.id,
      number: 1,
      outcome: 'retryable',
      reason: 'http_status',
      message: 'answered 503',
      reached: 'yes',
      response: { http: { status: 503, headers: {}, body: 'no', truncated: false } },
      kept: null,
      startedAt: '2026-03-01T09:15:00.000Z',
      durationMs: 1.5,
      revision: 3,
      executorId: uuidv7(),
    };
  }

  const test = (body?: unknown, headers: Record<string, string> = {}, id = handlerId): Promise<Answer> =>
    registry.call('POST', `/api/v1/handlers/${id}/test`, { body, headers });
  const command = async (): Promise<TestHandlerCommand> => (await executor.next()).data as TestHandlerCommand;

  it('has an executor try the handler on a sample, disabled as it is, and answers with the attempt', async () => {
    const { status, body } = await test();
    const sent = await command();
    expect(sent).toMatchObject({
      handlerId,
      partitionKey: 'Clients:12',
      traceparent: null,
    });
    const { event, data } = JSON.parse(sent.body) as { event: { id: string }; data: object };
    expect(event).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-/),
      events_id: 'clients.update',
      object_id: 12,
    });
    expect(data).toMatchObject({ id: 12, name: 'Acme Telecom Ltd' });
    expect(status).toBe(200);
    expect(body).toEqual({
      kept: null,
      id: expect.any(String),
      executionId: expect.any(String),
      eventId: event.id,
      number: 1,
      outcome: 'retryable',
      reason: 'http_status',
      message: 'answered 503',
      reached: 'yes',
      response: { http: { status: 503, headers: {}, body: 'no', truncated: false } },
      startedAt: '2026-03-01T09:15:00.000Z',
      durationMs: 1.5,
      revision: 3,
      executorId: expect.any(String),
      test: true,
    });
  });

  it('makes another id for each sample', async () => {
    const answers = [await test({}), await test('')];
    expect(new Set(answers.map(({ body }) => body.eventId as string)).size).toBe(2);
    await command();
    await command();
  });

  it('runs on a given event, with all digits of its numbers', async () => {
    const data = '{"id":12345678901234567890,"rate":1.10,"__proto__":{"constructor":1e2}}';
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const body = `{"event": ${JSON.stringify(head)},\n "data": ${data}}`;
    const answer = await test(`{"event": ${body} }`, {
      'partition-key': '7',
      traceparent,
    });
    expect(answer).toMatchObject({ status: 200, body: { eventId: 'e-1' } });
    expect(await command()).toMatchObject({ body, partitionKey: '7', traceparent });
  });

  it('puts an id into an event that has none', async () => {
    const { body } = await test({ event: { event: { ...head, id: undefined }, data: {} } });
    expect(JSON.parse((await command()).body)).toMatchObject({ event: { ...head, id: body.eventId as string } });
  });

  it.each([
    ['[]', 400, ''],
    ['{"event":', 400, ''],
    [{ event: null }, 400, 'event'],
    [{ event: 'clients.update' }, 400, 'event'],
    [{ event: {} }, 400, 'event.event'],
    [
      { event: { event: { ...head, dt: 'soon', object_id: null } } },
      400,
      'event.data,event.event.dt,event.event.object_id',
    ],
    [{ event: { event: { ...head, events_id: 'clients.explode' }, data: {} } }, 400, 'event.event.events_id'],
    [{ event: { event: { ...head, events_id: 'clients.create' }, data: {} } }, 400, 'event.event.events_id'],
    [{ event: { event: head, data: {} }, color: 1 }, 400, 'color'],
    ['{"__proto__":{}}', 400, '__proto__'],
  ])('refuses %j', async (body, status, fields) => {
    const answer = await test(body);
    expect([answer.status, errorFields(answer).join()]).toEqual([status, fields]);
  });

  it('refuses a bad key, another type of body, and a handler that is archived or not there', async () => {
    expect(errorFields(await test({}, { 'partition-key': 'x'.repeat(256) }))).toEqual(['partition-key']);
    expect((await test('x', { 'content-type': 'text/plain' })).status).toBe(415);
    const archived = await createHandler({ name: 'gone', status: 'archived' });
    expect(await test({}, {}, archived)).toMatchObject({
      status: 409,
      body: { type: 'urn:provisor:problem:handler-archived' },
    });
    expect((await test({}, {}, uuidv7())).status).toBe(404);
  });
});

describe('without an executor', () => {
  it('a test says that there is none', async () => {
    await using registry = await startRegistry();
    const handler = { name: 'a', event: 'clients.update', task, timeoutMs: 1 };
    const { body } = await registry.call('POST', '/api/v1/handlers', { body: handler });
    expect(await registry.call('POST', `/api/v1/handlers/${body.id as string}/test`)).toMatchObject({
      status: 503,
      body: { type: 'urn:provisor:problem:no-executor', detail: 'no executor answered within 5 s' },
    });
  });
});
