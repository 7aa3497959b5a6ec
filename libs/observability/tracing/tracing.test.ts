import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { version } from '#contracts';
import type { TracingSettings } from '#settings';
import { eventually } from '../../../test/support/eventually.ts';
import { TraceCollector } from '../../../test/support/trace-collector.ts';
import { createLogger } from '../logger.ts';
import { openTracing } from './open-tracing.ts';
import { contextFrom, contextOf, failSpan, linksTo, SpanKind, traceparentOfSpan } from './spans.ts';
import type { Tracing } from './tracing.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const publisher = `00-${traceId}-b7ad6b7169203331-01`;
const unrecorded = `00-${traceId}-b7ad6b7169203331-00`;

describe('traces', () => {
  let collector: TraceCollector;
  let tracing: Tracing | undefined;
  let log: string;

  beforeEach(async () => {
    log = '';
    collector = await TraceCollector.listen();
  });

  afterEach(async () => {
    await tracing?.stop();
    await collector.close();
  });

  async function open(settings: Partial<TracingSettings> = {}): Promise<Tracing> {
    const stream = new PassThrough().on('data', (line: Buffer) => (log += line.toString()));
    const logger = createLogger('executor', 'info', stream as unknown as NodeJS.WriteStream);
    tracing = await openTracing({ ...collector.settings, ...settings }, { service: 'executor', id: 'e-1' }, logger);
    return tracing!;
  }

  it('are off without settings', async () => {
    expect(await openTracing(undefined, { service: 'executor', id: '1' }, createLogger('executor', 'silent'))).toBe(
      undefined,
    );
  });

  it('go to the collector as protobuf, with the headers and the names that are set', async () => {
    const { tracer } = await open({ headers: { 'api-key': 'hunter2' }, serviceName: 'ours' });
    const attributes = { text: 'a', number: 7, fraction: 0.5, yes: true, list: ['a', 'b'], none: undefined };
    const options = { kind: SpanKind.CONSUMER, attributes, links: linksTo(unrecorded) };
    const span = tracer.startSpan('process clients.create', options, contextFrom(publisher));
    const child = tracer.startSpan('attempt', { kind: SpanKind.CLIENT }, contextOf(span));
    child.addEvent('plan', { handlers: ['h-1'] });
    failSpan(child, 'timeout');
    child.end();
    span.end();
    await tracing?.stop();
    expect(collector.requests).toEqual([
      {
        path: '/v1/traces',
        contentType: 'application/x-protobuf',
        headers: expect.objectContaining({ 'api-key': 'hunter2' }),
      },
    ]);
    const { spanId } = span.spanContext();
    expect(collector.spans).toEqual([
      expect.objectContaining({
        service: 'ours',
        name: 'attempt',
        kind: 'client',
        traceId,
        parentSpanId: spanId,
        events: [{ name: 'plan', attributes: { handlers: ['h-1'] } }],
        attributes: { 'error.type': 'timeout' },
        failed: true,
      }),
      expect.objectContaining({
        name: 'process clients.create',
        kind: 'consumer',
        traceId,
        spanId,
        parentSpanId: 'b7ad6b7169203331',
        links: ['b7ad6b7169203331'],
        attributes: { text: 'a', number: 7, fraction: 0.5, yes: true, list: ['a', 'b'] },
        failed: false,
      }),
    ]);
    expect(log).toBe('');
  });

  it('say which process they are of', async () => {
    const { tracer } = await open({ resourceAttributes: { 'deployment.environment.name': 'test' } });
    tracer.startSpan('one').end();
    await tracing?.stop();
    expect(collector.spans[0]!.resource).toMatchObject({
      'service.name': 'provisor-executor',
      'service.version': version,
      'service.instance.id': 'e-1',
      'deployment.environment.name': 'test',
    });
  });

  it('that others do not record are carried on and not recorded', async () => {
    const { tracer } = await open();
    const span = tracer.startSpan('one', {}, contextFrom(unrecorded));
    expect(traceparentOfSpan(span)).toMatch(new RegExp(`^00-${traceId}-(?!b7ad6b7169203331)[0-9a-f]{16}-00$`));
    expect(traceparentOfSpan(tracer.startSpan('two', {}, contextOf(span)))).toMatch(/-00$/);
    span.end();
    await tracing?.stop();
    expect(collector.requests).toEqual([]);
  });

  it('begin anew where nothing usable came', async () => {
    const { tracer } = await open();
    for (const parent of [null, '', 'ff-00', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
      expect(traceparentOfSpan(tracer.startSpan('one', {}, contextFrom(parent)))).toMatch(
        /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/,
      );
    }
  });

  it('are recorded as the sampler says', async () => {
    const flag = async (sampler: TracingSettings['sampler'], parent: string | null) => {
      const { tracer } = await open({ sampler });
      return traceparentOfSpan(tracer.startSpan('one', {}, contextFrom(parent))).slice(-2);
    };
    expect(await flag({ ratio: 0, parentBased: true }, null)).toBe('00');
    expect(await flag({ ratio: 0, parentBased: true }, publisher)).toBe('01');
    expect(await flag({ ratio: 0, parentBased: false }, publisher)).toBe('00');
    expect(await flag({ ratio: 1, parentBased: false }, unrecorded)).toBe('01');
  });

  it('do not hold up a stop when the collector is away', async () => {
    const { tracer } = await open({ url: 'http://127.0.0.1:9/v1/traces', timeoutMs: 4_000 });
    for (let count = 0; count < 20_000; count++) {
      tracer.startSpan('one').end();
    }
    const start = performance.now();
    await tracing?.stop();
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(log.trim().split('\n')).toHaveLength(1);
    expect(log).toContain('too slow');
  });

  it('do not hold up a stop when the collector takes them and says nothing', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const { tracer } = await open({ url: `http://127.0.0.1:${String(port)}/v1/traces`, timeoutMs: 60_000 });
    tracer.startSpan('one').end();
    await once(silent, 'connection');
    const start = performance.now();
    await tracing?.stop();
    expect(performance.now() - start).toBeLessThan(4_000);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('that are not taken are said once, without what was answered, and once that it is over', async () => {
    const { tracer } = await open({ headers: { 'api-key': 'hunter2' } });
    const send = async () => {
      const { length } = collector.requests;
      tracer.startSpan('one').end();
      await eventually(() => (collector.requests.length > length ? true : undefined));
    };
    collector.status = 400;
    await send();
    await send();
    collector.status = 200;
    await send();
    await eventually(() => (log.includes('again') ? true : undefined));
    const lines = log.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'dropping spans: the trace collector does not accept them',
      'trace collector accepts spans again',
    ]);
    expect(JSON.parse(lines[1]!)).toMatchObject({ lostSpans: 2 });
    expect(log).not.toContain('hunter2');
  });
});
