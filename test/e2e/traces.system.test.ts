import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { builtFile } from '../../tools/test/built-file.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';
import { TraceCollector, type CollectedSpan } from '../support/trace-collector.ts';

const root = join(import.meta.dirname, '../..');
const recorder = pathToFileURL(join(root, 'test/support/record-imports.mjs')).href;

/** What a client of the REST API sees in its collector. */
describe('a trace', () => {
  const clientSpan = 'b7ad6b7169203331';
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let collector: TraceCollector;
  let handlerId: string;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-'));
    [target, collector] = await Promise.all([RecordingTarget.listen(), TraceCollector.listen()]);
    sandbox = await createSandbox();
    installation = await Installation.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, { sandbox });
    await Promise.all([installation.startExecutor(), installation.startExecutor()]);
    const handler = await installation.json<{ id: string }>('POST', '/handlers', {
      name: 'create SIP account',
      event: 'clients.create',
      task: { type: 'http', url: target.url() },
      retry: { maxAttempts: 3, schedule: ['1s'] },
    });
    handlerId = handler.id;
    await eventually(async () => {
      const { executors } = await installation.json<{ executors: { inForce: boolean }[] }>('GET', '/catalog');
      return executors.length === 2 && executors.every(({ inForce }) => inForce) ? true : undefined;
    });
  }, 120_000);

  afterAll(async () => {
    await installation.stop();
    await sandbox.dispose();
    await Promise.all([target.close(), collector.close(), rm(folder, { recursive: true })]);
  });

  const traceparent = (traceId: string) => ({ traceparent: `00-${traceId}-${clientSpan}-01` });
  const event = { event: { dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 1 }, data: { id: 1 } };

  it('leads from a request to the registry through the executor and the slow lane to the handler', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    target.reply = (_call, response) => void response.writeHead(target.calls.length === 1 ? 503 : 200).end();
    const answer = await installation.call('POST', '/events', event, traceparent(traceId));
    expect(answer.status).toBe(202);
    const ofTrace = await eventually(() => {
      const spans = collector.spans.filter((span) => span.traceId === traceId);
      return spans.some(({ attributes }) => attributes['provisor.event.result'] === 'succeeded') && spans.length === 6
        ? spans
        : undefined;
    });
    const below = (parentSpanId: string): CollectedSpan[] =>
      ofTrace.filter((span) => span.parentSpanId === parentSpanId);
    const tree = (parent: string): unknown[] =>
      below(parent).map(({ service, name, kind, spanId }) => [`${kind} ${service}: ${name}`, ...tree(spanId)]);
    expect(tree(clientSpan)).toEqual([
      [
        'server provisor-registry: POST /api/v1/events',
        [
          'producer provisor-registry: send billing.events',
          [
            'consumer provisor-executor: process clients.create',
            ['client provisor-executor: attempt create SIP account'],
            [
              'consumer provisor-executor: process clients.create',
              ['client provisor-executor: attempt create SIP account'],
            ],
          ],
        ],
      ],
    ]);
    const attempts = ofTrace.filter(({ kind }) => kind === 'client').sort(byAttempt);
    expect(target.calls.map(({ headers }) => headers['traceparent'])).toEqual(
      attempts.map(({ spanId }) => `00-${traceId}-${spanId}-01`),
    );
    const [parked, resumed] = ofTrace.filter(({ kind }) => kind === 'consumer').sort(byLane);
    expect(resumed!.links).toEqual([parked!.spanId]);
  });

  it('leads from the test of a handler to its call', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319d';
    target.calls.length = 0;
    target.reply = (_call, response) => void response.end();
    const answer = await installation.call('POST', `/handlers/${handlerId}/test`, {}, traceparent(traceId));
    expect(answer.status).toBe(200);
    const attempt = await collector.span((span) => span.traceId === traceId && span.kind === 'client');
    expect(target.calls[0]!.headers['traceparent']).toBe(`00-${traceId}-${attempt.spanId}-01`);
    const server = await collector.span((span) => span.traceId === traceId && span.kind === 'server');
    const consumer = await collector.span((span) => span.spanId === attempt.parentSpanId);
    expect(consumer).toMatchObject({ parentSpanId: server.spanId, attributes: { 'provisor.test': true } });
    expect(server.name).toBe('POST /api/v1/handlers/:id/test');
  });

  it('of a replay is its own, and linked to that of the event', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319f';
    const published = await installation.call('POST', '/events', event, traceparent(traceId));
    const { id } = (await published.json()) as { id: string };
    const ofEvent = ({ kind, attributes }: CollectedSpan) =>
      kind === 'consumer' && attributes['provisor.event.id'] === id;
    const first = await collector.span(ofEvent);
    const replay = await installation.json<{ id: string }>('POST', `/events/${id}/replay`, {});
    const again = await collector.span((span) => ofEvent(span) && span !== first);
    expect(again).toMatchObject({ parentSpanId: '', links: [first.spanId] });
    expect(again.attributes['provisor.replay.id']).toBe(replay.id);
    expect(again.traceId).not.toBe(traceId);
  });

  it('tells a collector nothing of reading, keys and payloads', async () => {
    await installation.call('GET', '/handlers?q=hunter2');
    await installation.json('POST', '/events', { ...event, data: { id: 1, password: 'hunter2' } });
    await eventually(() => (target.calls.some(({ body }) => body.includes('hunter2')) ? true : undefined));
    // Spans are sent in the order in which they ended.
    const last = await installation.call('POST', '/events', {}, traceparent('0af7651916cd43dd8448eb211c80319e'));
    expect(last.status).toBe(400);
    await collector.span(({ traceId }) => traceId === '0af7651916cd43dd8448eb211c80319e');
    expect(JSON.stringify(collector.spans)).not.toContain('hunter2');
    expect(JSON.stringify(collector.spans)).not.toContain(installation.apiKey);
    expect(collector.spans.filter(({ name }) => name.startsWith('GET'))).toEqual([]);
  });

  it('is not there where none is wanted, and what makes it is not loaded', async () => {
    const record = (file: string) => ({
      NODE_OPTIONS: `--import ${recorder}`,
      RECORD_IMPORTS_TO: join(folder, file),
    });
    const executor = await installation.startExecutor({ ...record('off'), OTEL_SDK_DISABLED: 'true' });
    const traced = await installation.startExecutor(record('on'));
    await execa(
      process.execPath,
      [builtFile('services/registry/src/description/main.js'), join(folder, 'openapi.json')],
      { env: { PATH: process.env['PATH'], ...record('registry') }, extendEnv: false },
    );
    const packages = async (file: string) => {
      const urls = await readFile(join(folder, file), 'utf8');
      expect(urls).toContain('/dist/libs/observability/index.js');
      return [...new Set(Array.from(urls.matchAll(/@opentelemetry\/[\w-]+/g), ([name]) => name))];
    };
    // Of interfaces alone; the package of the metrics has it.
    for (const file of ['off', 'registry']) expect(await packages(file)).toEqual(['@opentelemetry/api']);
    expect(await packages('on')).toContain('@opentelemetry/sdk-trace');
    await Promise.all([executor.process.stop(), traced.process.stop()]);
  }, 120_000);
});

function byAttempt(one: CollectedSpan, other: CollectedSpan): number {
  return Number(one.attributes['provisor.attempt']) - Number(other.attributes['provisor.attempt']);
}

/** `fast` before `slow`. */
function byLane(one: CollectedSpan, other: CollectedSpan): number {
  return String(one.attributes['provisor.lane']) < String(other.attributes['provisor.lane']) ? -1 : 1;
}
