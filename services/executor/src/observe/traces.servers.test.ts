import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { partitionKeyHeader, type ScriptTask } from '#contracts';
import { eventually } from '../../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../../test/support/recording-target.ts';
import { TraceCollector, type CollectedSpan } from '../../../../test/support/trace-collector.ts';
import { Workbench } from '../testing/workbench.ts';

const publisherSpan = 'b7ad6b7169203331';
/** A trace of its own for each test. */
let traces = 0;

describe('the trace of an event', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let collector: TraceCollector;
  let scripts: string;
  let traceId: string;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    bench = await Workbench.open();
    [target, collector] = await Promise.all([RecordingTarget.listen(), TraceCollector.listen()]);
    scripts = await mkdtemp(join(tmpdir(), 'provisor-'));
    await chmod(scripts, 0o755);
    await writeFile(join(scripts, 'once.sh'), '#!/bin/sh\nprintf %s "$TRACEPARENT"\n', { mode: 0o755 });
    const echo = `while read -r line; do
      id=$(printf %s "$line" | sed 's/.*"execution_id":"\\([^"]*\\)".*/\\1/')
      trace=$(printf %s "$line" | sed 's/.*"traceparent":"\\([^"]*\\)".*/\\1/')
      printf '{"execution_id":"%s","ok":false,"retry":false,"error":"trace %s"}\\n' "$id" "$trace"
    done`;
    await writeFile(join(scripts, 'persistent.sh'), `#!/bin/sh\n${echo}\n`, { mode: 0o755 });
    const http = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
    const script = (mode: ScriptTask['mode']): ScriptTask => {
      return { type: 'script', path: `${mode}.sh`, args: ['a secret'], mode };
    };
    const add = async (name: string, handler: Omit<Parameters<Workbench['addHandler']>[0], 'name'>) => {
      ids[name] = await bench.addHandler({ name, ...handler });
    };
    await add('first', { event: 'clients.update', priority: 1, task: http('/hook?token=hunter2') });
    await add('picky', { event: 'clients.update', priority: 2, condition: 'data.id == 99', task: http('/picky') });
    await add('refusing', { event: 'clients.update', priority: 3, task: http('/refuse') });
    await add('late', { event: 'clients.update', priority: 4, task: http('/late') });
    const retry = { maxAttempts: 5, schedule: ['300ms'] };
    await add('waiting', { event: 'clients.create', task: http('/once-more'), retry });
    await add('once', { event: 'clients.archive', priority: 1, task: script('once') });
    await add('persistent', { event: 'clients.archive', priority: 2, task: script('persistent') });
    await bench.startExecutor({ scriptsDirs: [scripts], tracing: collector.settings });
  });

  afterAll(async () => {
    await bench.close();
    await Promise.all([target.close(), collector.close(), rm(scripts, { recursive: true })]);
  });

  beforeEach(() => {
    traceId = (++traces).toString(16).padStart(32, 'a');
    target.calls.length = 0;
    target.reply = ({ path }, response) => void response.writeHead(path === '/refuse' ? 422 : 200).end();
  });

  /** @param flags Whether the publisher records the trace; null: it has none. */
  async function publish(type: string, flags: '00' | '01' | null = '01'): Promise<string> {
    const id = uuidv7();
    const body = { event: { id, dt: new Date().toISOString(), events_id: type, object_id: 1 }, data: { id: 1 } };
    const traceparent = flags === null ? {} : { traceparent: `00-${traceId}-${publisherSpan}-${flags}` };
    const headers = { [partitionKeyHeader]: `client ${String(traces)}`, ...traceparent };
    const options = { headers, contentType: 'application/json', messageId: `message ${String(traces)}` };
    await (await bench.billing()).publishRaw(type, Buffer.from(JSON.stringify(body)), options);
    return id;
  }

  const ofEvent = (id: string) => (span: CollectedSpan) => span.attributes['provisor.event.id'] === id;
  const below = (parent: CollectedSpan, name: string) =>
    collector.span((span) => span.parentSpanId === parent.spanId && span.name === name);
  const carried = ({ spanId }: CollectedSpan, flags = '01') => `00-${traceId}-${spanId}-${flags}`;

  it("continues the publisher's, through its plan, into the requests of its handlers", async () => {
    const id = await publish('clients.update');
    const event = await collector.span(ofEvent(id));
    expect(event).toMatchObject({
      service: 'provisor-executor',
      name: 'process clients.update',
      kind: 'consumer',
      traceId,
      parentSpanId: publisherSpan,
      links: [],
      failed: true,
      attributes: {
        'messaging.system': 'rabbitmq',
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.name': expect.stringContaining('provisor.'),
        'messaging.message.id': expect.any(String),
        'provisor.event.type': 'clients.update',
        'provisor.partition_key': `client ${String(traces)}`,
        'provisor.lane': 'fast',
        'provisor.revision': expect.any(Number),
        'provisor.handlers': 4,
        'provisor.event.result': 'failed',
        'provisor.skipped': [ids['picky'], ids['late']],
        'error.type': 'handler_failed',
      },
      events: [
        {
          name: 'plan',
          attributes: { 'provisor.plan': ['first', 'picky', 'refusing', 'late'].map((name) => ids[name]) },
        },
        {
          name: 'skipped',
          attributes: { 'provisor.handler.id': ids['picky'], 'provisor.reason': 'condition_unmet' },
        },
      ],
    });
    const first = await below(event, 'attempt first');
    expect(first).toMatchObject({
      kind: 'client',
      traceId,
      failed: false,
      attributes: {
        'provisor.handler.id': ids['first'],
        'provisor.handler.name': 'first',
        'provisor.attempt': 1,
        'provisor.outcome': 'success',
        'http.request.method': 'POST',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(target.url()).port),
        'http.response.status_code': 200,
      },
    });
    const refused = await below(event, 'attempt refusing');
    expect(refused).toMatchObject({
      failed: true,
      attributes: { 'error.type': 'http_status', 'http.response.status_code': 422, 'provisor.outcome': 'permanent' },
    });
    expect(target.calls.map(({ headers }) => headers['traceparent'])).toEqual([carried(first), carried(refused)]);
    expect(JSON.stringify(collector.spans)).not.toMatch(/hunter2|a secret/);
  });

  it('goes on when the event is taken up from the slow lane, linked to the span that put it there', async () => {
    target.reply = (_call, response) => void response.writeHead(target.calls.length < 3 ? 503 : 200).end();
    const id = await publish('clients.create');
    const ended = await collector.span(
      (span) => ofEvent(id)(span) && span.attributes['provisor.event.result'] === 'succeeded',
    );
    const [parked, again, last] = collector.spans.filter(ofEvent(id));
    expect(parked).toMatchObject({
      traceId,
      parentSpanId: publisherSpan,
      failed: false,
      attributes: { 'provisor.event.result': 'waiting', 'provisor.lane': 'fast' },
    });
    expect(parked!.events.at(-1)).toMatchObject({
      name: 'deferred',
      attributes: { 'provisor.handler.id': ids['waiting'], 'provisor.reason': 'retry', 'provisor.detached': false },
    });
    expect(last).toBe(ended);
    for (const span of [again!, last!]) {
      expect(span).toMatchObject({ traceId, parentSpanId: parked!.spanId, links: [parked!.spanId], kind: 'consumer' });
      expect(span.attributes['provisor.lane']).toBe('slow');
    }
    const attempts = await Promise.all([parked!, again!, last!].map((span) => below(span, 'attempt waiting')));
    expect(attempts.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1, 2]);
    expect(target.calls.map(({ headers }) => headers['traceparent'])).toEqual(attempts.map((span) => carried(span)));
  });

  it('is in the environment of a script, and in the line of a persistent one', async () => {
    const id = await publish('clients.archive');
    const event = await collector.span(ofEvent(id));
    const [once, persistent] = await Promise.all([below(event, 'attempt once'), below(event, 'attempt persistent')]);
    expect(once.attributes).toMatchObject({ 'provisor.script.path': 'once.sh', 'process.exit.code': 0 });
    const [printed, answered] = await eventually(async () => {
      const attempts = await bench.attempts(id);
      return attempts.length === 2 ? attempts : undefined;
    });
    expect(printed!.response).toContain(carried(once));
    expect(answered!.message).toContain(`trace ${carried(persistent)}`);
  });

  it('is carried on and not recorded where the publisher does not record it', async () => {
    const unrecorded = await publish('clients.update', '00');
    const [call] = await eventually(() => (target.calls.length === 2 ? target.calls : undefined));
    expect(call!.headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-(?!${publisherSpan})[0-9a-f]{16}-00$`));
    await bench.event(unrecorded);
    // What comes after it has been sent, and with it whatever there was of this one.
    await collector.span(ofEvent(await publish('clients.update')));
    expect(collector.spans.filter(ofEvent(unrecorded))).toEqual([]);
  });

  it('begins here where the publisher has none', async () => {
    const event = await collector.span(ofEvent(await publish('clients.create', null)));
    expect(event.parentSpanId).toBe('');
    const attempt = await below(event, 'attempt waiting');
    expect(target.calls[0]!.headers['traceparent']).toBe(`00-${event.traceId}-${attempt.spanId}-01`);
  });

  it('does not hold an event up when the collector is away', async () => {
    collector.status = 503;
    const id = await publish('clients.create');
    expect((await eventually(() => bench.event(id))).status).toBe('succeeded');
    collector.status = 200;
  });
});
