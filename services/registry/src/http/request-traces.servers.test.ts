import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TraceCollector } from '../../../../test/support/trace-collector.ts';
import { startRegistry } from '../testing/registry.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const client = `00-${traceId}-b7ad6b7169203331-01`;
const event = { event: { dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 1 }, data: {} };

describe('the spans of the registry', () => {
  let collector: TraceCollector;

  beforeEach(async () => {
    collector = await TraceCollector.listen();
  });

  afterEach(() => collector.close());

  it('are of what changes something, and of what has a trace; the last are sent when it stops', async () => {
    const registry = await startRegistry({ tracing: collector.settings });
    const path = '/api/v1/handlers?q=hunter2';
    await registry.call('GET', path);
    await registry.call('GET', path, { headers: { traceparent: client } });
    await registry.call('POST', '/api/v1/handlers', { body: {} });
    await registry[Symbol.asyncDispose]();
    const server = { service: 'provisor-registry', kind: 'server', failed: false };
    expect(collector.spans).toEqual([
      expect.objectContaining({
        ...server,
        name: 'GET /api/v1/handlers',
        traceId,
        parentSpanId: 'b7ad6b7169203331',
        attributes: {
          'http.request.method': 'GET',
          'http.route': '/api/v1/handlers',
          'http.response.status_code': 200,
        },
      }),
      expect.objectContaining({
        ...server,
        name: 'POST /api/v1/handlers',
        parentSpanId: '',
        attributes: {
          'http.request.method': 'POST',
          'http.route': '/api/v1/handlers',
          'http.response.status_code': 400,
        },
      }),
    ]);
  });

  it('of an event that is not taken say so', async () => {
    const noBroker = { urls: ['amqp://127.0.0.1:9'] };
    const registry = await startRegistry({ tracing: collector.settings, broker: noBroker });
    const { status } = await registry.call('POST', '/api/v1/events', { body: event, headers: { traceparent: client } });
    expect(status).toBe(503);
    await registry[Symbol.asyncDispose]();
    expect(
      collector.spans.map(({ name, traceId, failed, attributes }) => [name, traceId, failed, attributes['error.type']]),
    ).toEqual([
      ['send billing.events', traceId, true, 'disconnected'],
      ['POST /api/v1/events', traceId, true, '503'],
    ]);
  });
});
