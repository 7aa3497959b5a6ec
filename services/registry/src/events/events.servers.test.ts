import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { billingExchange, eventTypes, intakeQueue, intakeTopology, maxEventBytes } from '#contracts';
import { BrokerOperator } from '../../../../test/support/broker-operator.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { openInbox, type Inbox } from '../testing/inbox.ts';
import { errorFields, itemsOf, startRegistry, testKey, type Answer, type TestRegistry } from '../testing/registry.ts';

const event = { id: 'e-1', dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 };

/** Sends a header twice, which `fetch` does not. */
async function postTwice(url: string, name: string, values: string[]): Promise<unknown> {
  const content = name === 'content-type' ? {} : { 'content-type': 'application/json' };
  const headers = { authorization: `Bearer ${testKey}`, ...content, [name]: values };
  const sent = request(url, { method: 'POST', headers });
  sent.end(JSON.stringify({ event, data: {} }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return json(response);
}

describe('/events', () => {
  let registry: TestRegistry;
  let inbox: Inbox;
  beforeAll(async () => {
    registry = await startRegistry();
    inbox = await openInbox(registry.sandbox.amqpUrl, intakeTopology);
  });
  afterAll(async () => {
    await inbox[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    registry.call('POST', `/api/v1/${path}`, { body, headers });

  describe('POST', () => {
    it('passes an event on byte for byte', async () => {
      const body = `{ "event": ${JSON.stringify(event)},\n "data": {"id": 12345678901234567890, "x": 1.10, "\\u0000": "é"} }`;
      expect(await post('events', body)).toMatchObject({ status: 202, body: { id: 'e-1' } });
      const delivery = await inbox.next();
      expect(delivery.content.toString()).toBe(body);
      expect(delivery).toMatchObject({
        exchange: 'billing.events',
        routingKey: 'clients.update',
        messageId: 'e-1',
        contentType: 'application/json',
        headers: {},
      });
    });

    it.each<[string, (channel: BrokerOperator['channel']) => Promise<unknown>]>([
      ['the binding', (channel) => channel.unbindQueue(intakeQueue, billingExchange, '#')],
      ['the exchange', (channel) => channel.deleteExchange(billingExchange)],
    ])('accepts an event after %s was deleted', async (_name, remove) => {
      const operator = await BrokerOperator.connect(registry.sandbox.amqpUrl);
      await remove(operator.channel);
      await operator.close();
      expect(await post('events', { event, data: {} })).toMatchObject({ status: 202 });
      expect((await inbox.next()).messageId).toBe('e-1');
    });

    it('says what is in the way, as readiness does, and takes events again when it is gone', async () => {
      const operator = await BrokerOperator.connect(registry.sandbox.amqpUrl);
      await operator.channel.deleteExchange(billingExchange);
      await operator.channel.assertExchange(billingExchange, 'fanout', { durable: true });
      const { checks } = await eventually(async () => {
        const { status, body } = await registry.call('GET', '/readyz');
        return status === 503 ? (body as { checks: Record<string, string> }) : undefined;
      }, 20_000);
      expect(checks['topology']).toMatch(/PRECONDITION_FAILED.*billing\.events/);
      await operator.channel.deleteExchange(billingExchange);
      await operator.close();
      await eventually(async () => ((await registry.call('GET', '/readyz')).status === 200 ? true : undefined), 20_000);
      expect(await post('events', { event, data: {} })).toMatchObject({ status: 202 });
      expect((await inbox.next()).messageId).toBe('e-1');
    });

    it('gives an event without an id one, beside the body', async () => {
      const { body } = await post('events', { event: { ...event, id: undefined }, data: {} });
      const delivery = await inbox.next();
      expect(delivery.messageId).toBe(body.id);
      // The body is unchanged; the message id replaces the missing id.
      expect(JSON.parse(delivery.content.toString())).not.toHaveProperty('event.id');
    });

    it('carries partition key and trace context on', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const key = Buffer.from('клиент-12').toString('latin1');
      await post('events', { event, data: {} }, { 'partition-key': key, traceparent });
      expect((await inbox.next()).headers).toEqual({ 'partition-key': 'клиент-12', traceparent });
    });

    it.each([
      ['{"event":', 400, ''],
      ['[]', 400, ''],
      ['', 400, ''],
      [Buffer.from([0x7b, 0xff, 0x7d]), 400, ''],
      [{ event: { ...event, events_id: 'clients.explode' }, data: {} }, 400, 'event.events_id'],
      [{ event: { ...event, object_id: null, dt: 'soon' } }, 400, 'data,event.dt,event.object_id'],
      [`${'['.repeat(200)}${']'.repeat(200)}`, 400, ''],
    ])('refuses %j', async (body, status, fields) => {
      const answer = await post('events', body);
      expect(answer.status).toBe(status);
      expect(errorFields(answer).join()).toBe(fields);
    });

    it('refuses what is too large, of another type, or has a bad key', async () => {
      const large = { event, data: { text: 'x'.repeat(maxEventBytes) } };
      expect(await post('events', large)).toMatchObject({ status: 413, body: { status: 413 } });
      for (const type of ['text/plain', 'application/cloudevents+avro', 'multipart/form-data', 'nonsense']) {
        expect(await post('events', { event, data: {} }, { 'content-type': type })).toMatchObject({ status: 415 });
      }
      const answer = await post('events', { event, data: {} }, { 'partition-key': 'x'.repeat(256) });
      expect(errorFields(answer)).toEqual(['partition-key']);
    });
  });

  it.each(['events', 'events/plan'])('POST %s refuses a header or a member that is there twice', async (path) => {
    const twice = (name: string, ...values: string[]) => postTwice(`${registry.url}/api/v1/${path}`, name, values);
    for (const name of ['ce-id', 'ce-type', 'partition-key', 'content-type']) {
      expect(await twice(name, 'application/json', 'application/json')).toMatchObject({
        status: 400,
        errors: [{ field: name, message: 'must be sent once' }],
      });
    }
    const body = `{"event":{"id":"a","id":"b","dt":"${event.dt}","events_id":"clients.update","object_id":1},"data":{}}`;
    const answer = await post(path, body);
    expect([answer.status, errorFields(answer)]).toEqual([400, ['event.id']]);
  });

  describe('POST of a CloudEvent', () => {
    const attributes = { specversion: '1.0', type: 'clients.update', source: '/billing', subject: '12' };
    const native = (id: string) => ({
      event: { id, dt: event.dt, events_id: 'clients.update', object_id: '12' },
      data: { name: 'x' },
      previous: { name: 'é' },
      cloudevent_attributes: { source: '/billing' },
    });
    const passedOn = async () => {
      const { content, routingKey, messageId, contentType, headers } = await inbox.next();
      return { body: JSON.parse(content.toString()) as unknown, routingKey, messageId, contentType, headers };
    };

    it('passes a structured one on in the native format', async () => {
      const more = { id: 'ce-1', time: event.dt, partitionkey: '7', previous: '{"name":"é"}', data: { name: 'x' } };
      const type = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
      expect(await post('events', { ...attributes, ...more }, type)).toMatchObject({
        status: 202,
        body: { id: 'ce-1' },
      });
      expect(await passedOn()).toMatchObject({
        body: native('ce-1'),
        routingKey: 'clients.update',
        messageId: 'ce-1',
        contentType: 'application/json',
        headers: { 'partition-key': '7' },
      });
    });

    it('passes a binary one on in the native format', async () => {
      const headers = {
        id: '"quoted \\" text"',
        time: event.dt,
        partitionkey: 'Euro%20%E2%82%AC',
        previous: '%7b"name":"%C3%A9"}',
      };
      const all = Object.entries({ ...attributes, ...headers }).map(([name, value]) => [`ce-${name}`, value] as const);
      expect(await post('events', { name: 'x' }, Object.fromEntries(all))).toMatchObject({ status: 202 });
      expect(await passedOn()).toMatchObject({
        body: native('quoted " text'),
        contentType: 'application/json',
        headers: { 'partition-key': 'Euro €' },
      });
    });

    it('refuses what does not fit, and says which attribute', async () => {
      const structured = { 'content-type': 'application/cloudevents+json' };
      const refused = await post('events', { ...attributes, specversion: '0.3', data: {} }, structured);
      expect(errorFields(refused)).toEqual(['id', 'specversion']);
      const batch = await post('events', [], { 'content-type': 'application/cloudevents-batch+json' });
      expect(batch).toMatchObject({ status: 415, body: { detail: expect.stringContaining('batches') } });
      const overlong = await post('events', {}, { 'ce-id': '%C0%A0', 'ce-specversion': '1.0' });
      expect(errorFields(overlong)).toEqual(['id']);
      expect(errorFields(await post('events/plan', {}, { 'ce-specversion': '1.0' }))).toEqual([
        'id',
        'source',
        'subject',
        'type',
      ]);
    });
  });

  it('POST /plan says what would run, in order, and what not and why', async () => {
    const handler = { event: 'clients.update', task: { type: 'script', path: 'x' } };
    for (const fields of [
      { name: 'third', priority: 3 },
      { name: 'first', priority: 1 },
      { name: 'off', priority: 1, status: 'disabled' },
      { name: 'second', priority: 1 },
      { name: 'gone', status: 'archived' },
      { name: 'other', event: 'clients.create' },
      { name: 'met', priority: 4, condition: 'data.id == 12' },
      { name: 'unmet', priority: 5, condition: 'changed("name")' },
      { name: 'unclear', priority: 6, condition: 'data.missing == 1' },
    ]) {
      await registry.call('POST', '/api/v1/handlers', { body: { ...handler, ...fields } });
    }
    const { status, body } = await post('events/plan', { event, data: { id: 12 } }, { 'partition-key': '7' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      event: {
        id: 'e-1',
        type: 'clients.update',
        objectId: 12,
        partitionKey: '7',
        occurredAt: '2026-03-01T09:15:00.000Z',
      },
      revision: 9,
      handlers: [
        { position: 1, handler: { name: 'first', priority: 1 } },
        { position: 2, handler: { name: 'second', priority: 1 } },
        { position: 3, handler: { name: 'third', priority: 3 } },
        { position: 4, handler: { name: 'met', priority: 4 } },
      ],
      notRun: [
        { reason: 'disabled', message: null, handler: { name: 'off' } },
        { reason: 'archived', handler: { name: 'gone' } },
        { reason: 'condition_unmet', message: null, handler: { name: 'unmet' } },
        { reason: 'condition_failed', message: expect.stringContaining('missing'), handler: { name: 'unclear' } },
      ],
    });
  });

  it('GET /event-types gives each type with a sample that can be posted', async () => {
    const answer = await registry.call('GET', '/api/v1/event-types');
    const types = itemsOf<{ id: string; sample: object }>(answer);
    expect(types.map(({ id }) => id)).toEqual(eventTypes.map(({ id }) => id));
    expect(types[0]).toMatchObject({ group: 'Clients', label: 'create', schema: { type: 'object' } });
    for (const { id, sample } of types) {
      expect(await post('events/plan', sample)).toMatchObject({ status: 200, body: { event: { id: null, type: id } } });
    }
  });
});
