import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';

const nobodyThere = 'amqp://127.0.0.1:1';
const event = { event: { dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 1 }, data: {} };

describe('without a broker', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry({ broker: { urls: [nobodyThere] } });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it('the registry lives, and says what it cannot reach', async () => {
    expect(await registry.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await registry.call('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { ready: false, checks: { postgresql: 'ok', rabbitmq: 'not connected to RabbitMQ' } },
    });
  });

  it('handlers can be changed', async () => {
    const body = { name: 'a', event: 'clients.create', task: { type: 'script', path: 'x' } };
    expect((await registry.call('POST', '/api/v1/handlers', { body })).status).toBe(201);
    expect((await registry.call('GET', '/api/v1/catalog')).body.revision).toBe(1);
  });

  it('what needs it is refused', async () => {
    const problem = { status: 503, body: { type: 'urn:provisor:problem:broker-disconnected', status: 503 } };
    expect(await registry.call('POST', '/api/v1/events', { body: event })).toMatchObject(problem);
    expect(await registry.call('POST', '/api/v1/catalog/reload')).toMatchObject(problem);
    expect(await registry.call('POST', '/api/v1/deferrals/12/retry')).toMatchObject(problem);
  });
});

describe('the registry', () => {
  it('can be stopped more than once, and right after its start', async () => {
    const registry = await startRegistry();
    expect(await registry.call('GET', '/healthz')).toMatchObject({ status: 200 });
    await registry.app.close();
    await registry[Symbol.asyncDispose]();
  });
});
