import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { execa } from 'execa';
import { v7 as uuidv7 } from 'uuid';
import {
  billingExchange,
  commandQueue,
  configExchange,
  intakeQueue,
  intakeTopology,
  noticeTopology,
  partitionExchange,
  partitionOf,
  partitionQueue,
  partitionTopology,
} from '#contracts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { managementJson, whereManaged } from '../support/management.ts';
import { RecordingTarget } from '../support/recording-target.ts';

const folder = fileURLToPath(new URL('../../docker/rabbitmq/', import.meta.url));

type User = 'billing' | 'provisor-registry' | 'provisor-executor' | 'provisor-monitoring';
const password = (user: string) => `password of ${user}`;

it('the definitions have what the product declares', async () => {
  const { exchanges, queues, bindings } = JSON.parse(await readFile(`${folder}definitions.json`, 'utf8'));
  expect(exchanges).toMatchObject([
    ...intakeTopology.exchanges,
    ...partitionTopology(1).exchanges,
    { name: configExchange, type: 'fanout' },
    ...noticeTopology.exchanges,
  ]);
  expect(queues).toMatchObject(intakeTopology.queues);
  const { exchange: source, queue: destination, routingKey: routing_key } = intakeTopology.bindings[0]!;
  expect(bindings).toMatchObject([{ source, destination, routing_key, destination_type: 'queue' }]);
});

whereManaged(describe)('a broker where everybody may only do what they have to', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;

  beforeAll(async () => {
    sandbox = await createSandbox();
    await apply();
    installation = await Installation.start({}, { sandbox: { ...sandbox, amqpUrl: urlOf('provisor-registry') } });
    await installation.startExecutor({ AMQP_URL: urlOf('provisor-executor') });
    target = await RecordingTarget.listen();
  }, 120_000);

  afterAll(async () => {
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });

  async function apply(): Promise<void> {
    const management = new URL(sandbox.managementUrl!);
    const ADMIN_PASSWORD = decodeURIComponent(management.password);
    management.password = '';
    const env = {
      MANAGEMENT_URL: management.href,
      ADMIN_PASSWORD,
      VHOST: sandbox.vhost,
      BILLING_PASSWORD: password('billing'),
      PROVISOR_REGISTRY_PASSWORD: password('provisor-registry'),
      PROVISOR_EXECUTOR_PASSWORD: password('provisor-executor'),
      PROVISOR_MONITORING_PASSWORD: password('provisor-monitoring'),
    };
    await execa(process.execPath, [`${folder}apply.mjs`], { env, extendEnv: false });
  }

  function urlOf(user: User): string {
    const url = new URL(sandbox.amqpUrl);
    url.username = user;
    url.password = encodeURIComponent(password(user));
    return url.href;
  }

  it('has events handled that billing publishes', async () => {
    await handlerFor('clients.update');
    const billing = await Billing.connect(urlOf('billing'));
    const id = await billing.publish({ type: 'clients.update' });
    await billing.close();
    await ended(id);
    expect(target.calls).toHaveLength(1);
  });

  it('has events handled that billing publishes to their partition', async () => {
    await handlerFor('clients.archive');
    const calls = target.calls.length;
    const billing = await Billing.connect(urlOf('billing'));
    const id = uuidv7();
    const event = { id, dt: new Date().toISOString(), events_id: 'clients.archive', object_id: 12 };
    const content = Buffer.from(JSON.stringify({ event, data: {} }));
    const options = { headers: { 'partition-key': '12' }, contentType: 'application/json' };
    await billing.publishRaw(String(partitionOf('12', 16)), content, options, partitionExchange);
    await billing.close();
    await ended(id);
    expect(target.calls).toHaveLength(calls + 1);
  });

  it('has the registry publish events, tell of changes, and get answers', async () => {
    const handlerId = await handlerFor('clients.create');
    const { id } = await installation.json<{ id: string }>('POST', '/events', {
      event: { dt: new Date().toISOString(), events_id: 'clients.create', object_id: 7 },
      data: { id: 7 },
    });
    await ended(id);
    expect(await installation.json('POST', `/handlers/${handlerId}/test`, {})).toMatchObject({ outcome: 'success' });
    await installation.inForce();
  });

  it('lets billing publish to the exchange of events, and do nothing else', async () => {
    await expectRefused('billing', {
      'read the intake': (channel) => channel.get(intakeQueue),
      'publish to a queue': (channel) => confirmed(channel, '', intakeQueue),
      'publish to executors': (channel) => confirmed(channel, configExchange, ''),
      'make a queue': (channel) => channel.assertQueue('mine'),
      'bind a queue': (channel) => channel.bindQueue(intakeQueue, billingExchange, 'x'),
      'delete the intake': (channel) => channel.deleteQueue(intakeQueue),
    });
  });

  it('lets the registry take no events', async () => {
    await expectRefused('provisor-registry', {
      'read the intake': (channel) => channel.get(intakeQueue),
      'read a partition': (channel) => channel.get(partitionQueue(0)),
      'read commands': (channel) => channel.get(commandQueue),
      'delete a partition': (channel) => channel.deleteQueue(partitionQueue(0)),
      'make a queue': (channel) => channel.assertQueue('mine'),
    });
  });

  it('lets executors publish nothing as billing would, nor speak as the registry', async () => {
    await expectRefused('provisor-executor', {
      'publish an event': (channel) => confirmed(channel, billingExchange, 'clients.create'),
      'announce a change': (channel) => confirmed(channel, configExchange, ''),
      'make a queue': (channel) => channel.assertQueue('mine'),
    });
  });

  it('shows whoever scales executors how long the queues are, and nothing of what is in them', async () => {
    const management = new URL(sandbox.managementUrl!);
    management.username = 'provisor-monitoring';
    management.password = encodeURIComponent(password('provisor-monitoring'));
    const queues = await managementJson<{ name: string }[]>(management.href, `/api/queues/${sandbox.vhost}`);
    expect(queues.map(({ name }) => name)).toEqual(expect.arrayContaining([intakeQueue, partitionQueue(15)]));
    await expectRefused('provisor-monitoring', { 'read the intake': (channel) => channel.get(intakeQueue) });
  });

  it('can be set up again, with the passwords that it has', async () => {
    await apply();
    await (await connect(urlOf('billing'))).close();
  });

  async function handlerFor(event: string): Promise<string> {
    const task = { type: 'http', url: target.url() };
    return (await installation.json<{ id: string }>('POST', '/handlers', { name: event, event, task })).id;
  }

  const ended = (id: string) =>
    eventually(async () => {
      const response = await installation.call('GET', `/events/${id}`);
      return (response.ok && ((await response.json()) as { status: string }).status === 'succeeded') || undefined;
    });

  async function expectRefused(
    user: User,
    deeds: Record<string, (channel: ConfirmChannel) => Promise<unknown>>,
  ): Promise<void> {
    const connection = await connect(urlOf(user));
    for (const [what, deed] of Object.entries(deeds)) {
      expect({ what, answer: await answerTo(connection, deed) }).toEqual({
        what,
        answer: expect.stringContaining('ACCESS_REFUSED'),
      });
    }
    await connection.close();
  }
});

/** What the broker says to it; a refusal closes the channel. */
async function answerTo(
  connection: ChannelModel,
  deed: (channel: ConfirmChannel) => Promise<unknown>,
): Promise<string> {
  const channel = await connection.createConfirmChannel();
  const refused = once(channel, 'error').then(([error]) => (error as Error).message);
  const done = deed(channel).then(
    () => 'done',
    () => refused,
  );
  return Promise.race([refused, done]);
}

function confirmed(channel: ConfirmChannel, exchange: string, routingKey: string): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.publish(exchange, routingKey, Buffer.from('{}'), {}, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
