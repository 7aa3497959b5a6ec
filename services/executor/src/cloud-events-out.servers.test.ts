import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP } from 'cloudevents';
import { testHandlerPattern, type Task } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget, type RecordedCall } from '../../../test/support/recording-target.ts';
import { Requester } from '../../../test/support/requester.ts';
import { Workbench } from './testing/workbench.ts';

const scripts = {
  'once.sh': '#!/bin/sh\ncat\n',
  'stays.py': `#!/usr/bin/env node
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  console.error(line);
  console.log(JSON.stringify({ execution_id: JSON.parse(line).execution_id, ok: true }));
});
`,
};

/** As the SDK of CloudEvents for JavaScript reads it. */
function cloudEventIn({ headers, body }: Pick<RecordedCall, 'headers' | 'body'>): CloudEvent<unknown> {
  const event = HTTP.toEvent({ headers, body });
  if (!(event instanceof CloudEvent)) throw new Error('it was taken for several');
  event.validate();
  return event as CloudEvent<unknown>;
}

describe('handlers that want CloudEvents', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let folder: string;
  let failures = 0;

  beforeAll(async () => {
    [bench, target] = await Promise.all([Workbench.open(), RecordingTarget.listen()]);
    folder = await mkdtemp(join(tmpdir(), 'provisor-'));
    for (const [name, text] of Object.entries(scripts)) await writeFile(join(folder, name), text, { mode: 0o755 });
    target.reply = ({ body }, response) => void response.writeHead(failures-- > 0 ? 503 : 200).end(body);
    const http = (path: string): Task => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} });
    const handler = { event: 'clients.update', retry: { maxAttempts: 2, schedule: ['1s'] } };
    await bench.addHandler({ ...handler, name: 'native', priority: 1, task: http('/native') });
    const format = 'cloudevents';
    await bench.addHandler({ ...handler, name: 'http', priority: 2, format, task: http('/cloud') });
    for (const [index, name] of Object.keys(scripts).entries()) {
      const mode = name === 'stays.py' ? 'persistent' : 'once';
      const task: Task = { type: 'script', path: join(folder, name), args: [], mode };
      await bench.addHandler({ ...handler, name, priority: index + 3, format, task });
    }
    await bench.startExecutor({ scriptsDirs: [folder], cloudEventsSource: 'https://billing.example.org' });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
    await rm(folder, { recursive: true });
  });

  const event = (id: string) =>
    `"event":{"id":"${id}","dt":"2026-03-01T09:15:00+00:00","events_id":"clients.update","object_id":12}`;
  const callsTo = (path: string, id: string): RecordedCall[] =>
    target.calls.filter((call) => call.path === path && call.headers['provisor-event-id'] === id);

  async function publish(text: string, options: object = {}): Promise<void> {
    const billing = await bench.billing();
    await billing.publishRaw('clients.update', Buffer.from(text), { contentType: 'application/json', ...options });
  }

  it('get them over HTTP and on stdin, beside others that get the native format', async () => {
    const text = `{${event('e-1')},\n "data": {"big": 12345678901234567890},\n "previous": {"name": "\u0085 é"}}`;
    await publish(text, { headers: { 'partition-key': '7' } });
    expect(await bench.event('e-1')).toMatchObject({ status: 'succeeded', body: text });
    expect(callsTo('/native', 'e-1')).toMatchObject([{ body: text, headers: { 'content-type': 'application/json' } }]);

    const [call] = callsTo('/cloud', 'e-1');
    expect(call!.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(call!.body).toContain('"data":{"big": 12345678901234567890}}');
    expect(cloudEventIn(call!)).toMatchObject({
      specversion: '1.0',
      id: 'e-1',
      source: 'https://billing.example.org',
      type: 'clients.update',
      subject: '12',
      datacontenttype: 'application/json',
      partitionkey: '7',
      previous: '{"name": "\\u0085 é"}',
    });

    const responses = (await bench.attempts('e-1')).map(
      ({ response }) => JSON.parse(response) as Record<string, Record<string, string>>,
    );
    expect(responses[2]!['script']!['stdout']).toBe(call!.body);
    const line = JSON.parse(responses[3]!['script']!['stderr']!) as Record<string, unknown>;
    const { execution_id: executionId } = (await bench.attempts('e-1'))[3]!;
    expect(line).toEqual({ cloudevent: JSON.parse(call!.body) as unknown, execution_id: executionId, attempt: 1 });
  });

  it('get one that came as one with its source and its extensions, also by way of the slow lane', async () => {
    const attributes = { specversion: '1.0', id: 'ce-1', source: '/elsewhere', type: 'clients.update', subject: '12' };
    const further = { time: '2026-03-01T10:15:00+01:00', dataschema: 'urn:schema', mine: 5, partitionkey: '8' };
    const sent = { ...attributes, ...further, previous: '{"id":11}', data: { id: 12 } };
    // The handler before fails once, and this one runs when the event resumes from the slow lane.
    failures = 1;
    await publish(JSON.stringify(sent), { contentType: 'application/cloudevents+json' });
    const call = await eventually(() => callsTo('/cloud', 'ce-1')[0]);
    expect(JSON.parse(call.body)).toEqual({ ...sent, datacontenttype: 'application/json' });
    expect(callsTo('/native', 'ce-1')).toHaveLength(2);
    cloudEventIn(call);
  });

  it('get one when they are tried', async () => {
    const task: Task = { type: 'http', url: target.url('/tried'), method: 'POST', headers: {} };
    const tried = { name: 'tried', event: 'clients.update', status: 'disabled', format: 'cloudevents', task } as const;
    const handlerId = await bench.addHandler(tried);
    const requester = await Requester.connect(bench.sandbox.amqpUrl);
    const order = { handlerId, body: `{${event('made up')},"data":{"id":12}}`, partitionKey: '12', traceparent: null };
    await requester.ask(testHandlerPattern, order);
    await requester.close();
    expect(cloudEventIn(callsTo('/tried', 'made up')[0]!)).toMatchObject({ id: 'made up', data: { id: 12 } });
  });

  it('bring values of redacted fields back neither from data nor from what was before', async () => {
    const planted = JSON.stringify('hünter2/"sesame"');
    await publish(
      `{${event('secret')},"data":{"auth_password":${planted}},"previous":{"auth_password":${planted},"pin":"12"}}`,
    );
    await bench.event('secret');
    const [call] = callsTo('/cloud', 'secret');
    expect(call!.body).toContain('sesame');
    const attempts = await bench.attempts('secret');
    expect(attempts).toHaveLength(4);
    expect(JSON.stringify(attempts)).not.toMatch(/nter2|sesame/);
  });
});
