import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'amqplib';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import {
  eventTypes,
  isJsonObject,
  scriptEnvironmentSchema,
  scriptLineSchema,
  type JsonObject,
  type TestedAttempt,
} from '#contracts';
import { EventPublisher } from '#sdk/publisher';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';
import { AsyncApiDocument } from './asyncapi-document.ts';
import { SeenMessages } from './seen-messages.ts';

/** They say what they were given: the first its environment, the second the line. */
const scripts = {
  once: `#!/usr/bin/env node
process.stdin.on('data', () => {}).on('end', () => console.log(JSON.stringify(process.env)));`,
  persistent: `#!/usr/bin/env node
require('node:readline').createInterface(process.stdin).on('line', (line) => {
  const { execution_id } = JSON.parse(line);
  console.log(JSON.stringify({ execution_id, ok: false, retry: false, error: line }));
});`,
};

describe('what goes over the wire is what docs/asyncapi.yaml says', () => {
  let folder: string;
  let sandbox: Sandbox;
  let installation: Installation;
  let document: AsyncApiDocument;
  let billing: Billing;
  let target: RecordingTarget;
  let events: SeenMessages;
  let changes: SeenMessages;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'provisor-scripts-')));
    await chmod(folder, 0o755);
    for (const [name, text] of Object.entries(scripts)) await writeFile(path.join(folder, name), text, { mode: 0o755 });
    document = await AsyncApiDocument.read();
    sandbox = await createSandbox();
    installation = await Installation.start({ SCRIPTS_DIRS: folder, PARTITIONS: '1' }, { sandbox });
    await installation.startExecutor();
    target = await RecordingTarget.listen();
    billing = await Billing.connect(sandbox.amqpUrl);
    events = await SeenMessages.at(sandbox.amqpUrl, 'billing.events');
    changes = await SeenMessages.at(sandbox.amqpUrl, 'provisor.config');
  });
  afterAll(async () => {
    await changes.close();
    await events.close();
    await billing.close();
    await target.close();
    await installation.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true });
  });

  const event = (id: string) =>
    eventually(async () => {
      const response = await installation.call('GET', `/events/${id}`);
      return response.ok ? ((await response.json()) as { status: string; type: string }) : undefined;
    });
  const make = (path: string, body: object): Promise<{ id: string }> => installation.json('POST', path, body);

  it('exchanges and queues', async () => {
    const connection = await connect(sandbox.amqpUrl);
    const channel = await connection.createChannel();
    // The broker refuses to declare what is there already with other properties.
    for (const name of ['billingEvents', 'notices', 'changes']) {
      const { exchange } = document.at(`#/channels/${name}/bindings/amqp`) as { exchange: Record<string, never> };
      const { name: at, type, ...properties } = exchange;
      await channel.checkExchange(at!);
      await channel.assertExchange(at!, type!, properties);
    }
    for (const name of ['intake', 'partitions']) {
      const amqp = document.at(`#/channels/${name}/bindings/amqp`);
      const { name: at, ...properties } = amqp['queue'] as JsonObject;
      await channel.checkQueue(at as string);
      await channel.assertQueue(at as string, { ...properties, arguments: amqp['x-arguments'] });
    }
    await connection.close();
  });

  it.each(eventTypes)('$id, as the SDK publishes it', async ({ id: type, sample, sampleObject }) => {
    const publisher = await EventPublisher.connect({ url: sandbox.amqpUrl });
    const { id } = await publisher.publish({
      type: type as 'clients.create',
      data: sample as { id: number },
      objectId: sampleObject.id,
      clientId: sampleObject.clientId,
    });
    await publisher.close();
    const message = await events.find(({ payload }) => eventId(payload) === id);
    expect(document.differences(type, message)).toEqual([]);
    expect(message.routingKey).toBe(type);
  });

  it('an event that came over REST, in each format', async () => {
    const type = 'clients.update';
    const data = { id: 12, name: 'x' };
    const cloudEvent = { specversion: '1.0', source: '/billing', type, subject: '12' };
    const native = { event: { id: 'rest-1', dt: '2026-03-01T09:15:00Z', events_id: type, object_id: 12 }, data };
    const structured = { ...cloudEvent, id: 'rest-2', data };
    const binary = Object.entries({ ...cloudEvent, id: 'rest-3' }).map(([name, value]) => [`ce-${name}`, value]);
    const answers = [
      await installation.call('POST', '/events', native),
      await installation.call('POST', '/events', structured, { 'content-type': 'application/cloudevents+json' }),
      await installation.call('POST', '/events', data, Object.fromEntries(binary) as Record<string, string>),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    for (const id of ['rest-1', 'rest-2', 'rest-3']) {
      const message = await events.find(({ payload }) => eventId(payload) === id);
      expect(document.differences(type, message)).toEqual([]);
    }
  });

  it('every example of an event is taken for one', async () => {
    for (const name of Object.keys(document.at('#/channels/billingEvents/messages'))) {
      const { headers = {}, payload } = document.exampleOf(name);
      const id = `example-${name}`;
      if (isJsonObject(payload['event'])) payload['event']['id'] = id;
      else if ('specversion' in payload) payload['id'] = id;
      else headers['cloudEvents:id'] = id;
      expect([name, document.differences(name, { headers, payload })]).toEqual([name, []]);
      const { contentType = 'application/json' } = document.at(`#/components/messages/${name}`);
      const type = isJsonObject(payload['event']) ? name : 'clients.update';
      await billing.publishRaw(type, Buffer.from(JSON.stringify(payload)), { headers, contentType });
      expect(await event(id)).toMatchObject({ status: 'succeeded', type });
    }
    expect(await installation.json('GET', '/rejected')).toMatchObject({ items: [] });
  });

  it('a change of a handler, and its signed call with no header beyond those', async () => {
    const task = { type: 'http', url: target.url(), headers: { 'x-own': 'of the handler' } };
    const { id } = await make('/handlers', { name: 'call', event: 'clients.archive', task });
    await make(`/handlers/${id}/signing-secrets`, {});
    const { revision } = await installation.json<{ revision: number }>('GET', '/catalog');
    const change = await changes.find(({ payload }) => revisionOf(payload) === revision);
    expect(document.differences('catalogChanged', change)).toEqual([]);
    await installation.inForce();
    await billing.publish({ type: 'clients.archive', data: { id: 12, name: 'x' } });
    const call = await eventually(() => target.calls[0]);
    const names = Object.keys(document.at('#/components/schemas/CallHeaders/properties'));
    const ofConnection = ['host', 'connection', 'content-length'];
    expect(Object.keys(call.headers).sort()).toEqual([...names, 'x-own', ...ofConnection].sort());
    expect(document.differences('handlerCall', { headers: call.headers, payload: JSON.parse(call.body) })).toEqual([]);
  });

  it('a call whose handler has CloudEvents', async () => {
    const task = { type: 'http', url: target.url() };
    const { id } = await make('/handlers', { name: 'ce', event: 'clients.archive', task, format: 'cloudevents' });
    await installation.json('POST', `/handlers/${id}/test`, {});
    const { headers, body } = await eventually(() =>
      target.calls.find((call) => call.headers['provisor-handler-id'] === id),
    );
    expect(document.differences('handlerCallCloudEvent', { headers, payload: JSON.parse(body) })).toEqual([]);
  });

  it('the wish that catalogs are loaded again', async () => {
    await installation.json('POST', '/catalog/reload');
    const message = await changes.find(
      ({ payload }) => isJsonObject(payload) && payload['pattern'] === 'catalog.reload',
    );
    expect(document.differences('catalogReload', message)).toEqual([]);
  });

  it.each([
    ['once', scriptEnvironmentSchema, ({ response }: TestedAttempt) => response.script!.stdout],
    ['persistent', scriptLineSchema, ({ message }: TestedAttempt) => message!],
  ])('what a script is given, %s', async (mode, schema, saidIn) => {
    const task = { type: 'script', path: mode, mode };
    const { id } = await make('/handlers', { name: mode, event: 'clients.create', task });
    const said = saidIn(await installation.json<TestedAttempt>('POST', `/handlers/${id}/test`, {}));
    const ajv = new Ajv();
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    validate(JSON.parse(said.slice(said.indexOf('{'))));
    expect(validate.errors).toBeNull();
  });

  it('a notice of a trouble', async () => {
    const notices = await SeenMessages.at(sandbox.amqpUrl, 'provisor.notices');
    await billing.publishRaw('clients.create', Buffer.from('{}'));
    const type = 'provisor.message.rejected';
    const message = await notices.find(({ routingKey }) => routingKey === type);
    await notices.close();
    expect(document.differences(type, message)).toEqual([]);
    expect(message.contentType).toBe('application/json');
  });
});

function eventId(payload: unknown): unknown {
  return isJsonObject(payload) && isJsonObject(payload['event']) ? payload['event']['id'] : undefined;
}

function revisionOf(payload: unknown): unknown {
  return isJsonObject(payload) && isJsonObject(payload['data']) ? payload['data']['revision'] : undefined;
}
