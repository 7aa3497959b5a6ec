import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { FreezingProxy } from '../../../../test/support/freezing-proxy.ts';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';

const event = {
  event: { id: 'e', dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 12 },
  data: { id: 12 },
};

let database: FreezingProxy;
let broker: FreezingProxy;
let registry: TestRegistry;

beforeEach(async () => {
  database = await FreezingProxy.before(process.env['TEST_DATABASE_URL']!, 5432);
  broker = await FreezingProxy.before(process.env['TEST_AMQP_URL']!, 5672);
  registry = await startRegistry(
    { shutdownTimeoutMs: 500 },
    { databaseBy: (url) => database.url(url), brokerBy: (url) => `${broker.url(url)}?heartbeat=1` },
  );
});

afterEach(async () => {
  database.thaw();
  broker.thaw();
  await registry[Symbol.asyncDispose]();
  await Promise.all([database.close(), broker.close()]);
});

async function timed<T>(work: Promise<T>): Promise<T & { ms: number }> {
  const from = performance.now();
  return { ...(await work), ms: performance.now() - from };
}

describe('connections to PostgreSQL that go silent', () => {
  it('hold up a request for no longer than a statement may take, and none after it; metrics and health answer at once', async () => {
    expect(await registry.call('GET', '/api/v1/handlers')).toMatchObject({ status: 200 });
    database.freeze('work');
    const held = timed(registry.call('GET', '/api/v1/handlers'));
    expect(await timed(registry.call('GET', '/healthz'))).toMatchObject({ status: 200 });
    const metrics = await timed(registry.call('GET', '/metrics', { key: null }));
    expect(metrics).toMatchObject({ status: 200, body: expect.stringContaining('provisor_database_up 0') });
    expect(metrics.ms).toBeLessThan(4_000);
    const readiness = await eventually(async () => {
      const { body } = await registry.call('GET', '/readyz');
      return (body as { ready: boolean }).ready ? undefined : (body as { checks: Record<string, string> });
    });
    expect(readiness.checks['postgresql']).toMatch(/no answer within|a statement has been waiting/);
    const { status, body, ms } = await held;
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { type: 'urn:provisor:problem:database-unavailable' },
    });
    expect(ms).toBeLessThan(15_000);
    const next = await timed(registry.call('GET', '/api/v1/handlers'));
    expect(next).toMatchObject({ status: 200 });
    expect(next.ms).toBeLessThan(5_000);
  });
});

it('connections to RabbitMQ that go silent are made again', async () => {
  expect(await registry.call('POST', '/api/v1/events', { body: event })).toMatchObject({ status: 202 });
  expect(await registry.call('POST', '/api/v1/catalog/reload')).toMatchObject({ status: 202 });
  broker.freeze('work');
  await eventually(async () => {
    const { status } = await registry.call('POST', '/api/v1/events', { body: event });
    return status === 202 ? true : undefined;
  }, 30_000);
  await eventually(async () => {
    const { status } = await registry.call('POST', '/api/v1/catalog/reload');
    return status === 202 ? true : undefined;
  }, 30_000);
});

it('the registry stops when it is asked to, whatever has gone silent, and cuts off requests that wait', async () => {
  expect(await registry.call('POST', '/api/v1/catalog/reload')).toMatchObject({ status: 202 });
  database.freeze('hang');
  broker.freeze('hang');
  const waiting = registry.call('GET', '/api/v1/handlers').catch(() => 'cut off');
  // It has arrived when a statement waits.
  await eventually(async () => (await registry.call('GET', '/readyz')).status === 503 || undefined);
  const from = performance.now();
  await registry.registry.stop();
  expect(performance.now() - from).toBeLessThan(17_000);
  expect(await waiting).toBe('cut off');
  expect(registry.registry.pending).toEqual([]);
});
