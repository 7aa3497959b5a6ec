import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger as NestLogger } from '@nestjs/common';
import { lastValueFrom } from 'rxjs';
import { commandQueue } from '#contracts';
import { BrokerOperator } from '../../test/support/broker-operator.ts';
import { FreezingProxy } from '../../test/support/freezing-proxy.ts';
import { forceClose, whereManaged } from '../../test/support/management.ts';
import { standIn } from '../../test/support/stand-in.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { AmqpClient } from './amqp-client.ts';
import { AmqpRecord } from './amqp-record.ts';

const commands = { queue: commandQueue };

describe('a client', () => {
  let sandbox: Sandbox;
  let operator: BrokerOperator;
  beforeAll(async () => {
    NestLogger.overrideLogger(false);
    sandbox = await createSandbox();
    operator = await BrokerOperator.connect(sandbox.amqpUrl);
  });
  afterAll(async () => {
    await operator.close();
    await sandbox.dispose();
  });

  const ask = (client: AmqpClient, pattern: string, timeoutMs: number): Promise<unknown> =>
    lastValueFrom(client.send(pattern, new AmqpRecord({}, { timeoutMs })));

  whereManaged(it)(
    'gives up at once when the connection is lost, and is there again when next needed',
    async () => {
      await using executor = await standIn(sandbox.amqpUrl, {
        silence: () => new Promise(() => {}),
        speak: () => 'here',
      });
      // Other test files have virtual hosts of their own, but the list of connections is one.
      const client = new AmqpClient({ name: sandbox.vhost, broker: sandbox.amqpUrl, destination: commands });
      const unanswered = ask(client, 'silence', 60_000);
      expect(await executor.next()).toMatchObject({ pattern: 'silence' });
      await Promise.all([
        expect(unanswered).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' }),
        forceClose(sandbox.managementUrl!, sandbox.vhost),
      ]);
      expect(await ask(client, 'speak', 5_000)).toBe('here');
      expect(await executor.next()).toMatchObject({ pattern: 'speak' });
      await client.close();
    },
    30_000,
  );

  it('finds the node that lives, whichever it begins with', async () => {
    const urls = ['amqp://127.0.0.1:1', sandbox.amqpUrl, 'amqp://127.0.0.1:2'];
    for (const start of [0, 1, 2]) {
      const broker = { urls: [...urls.slice(start), ...urls.slice(0, start)] };
      const client = new AmqpClient({ name: 'test', broker, destination: { queue: 'test.nodes' } });
      await lastValueFrom(client.emit('x', {}));
      await client.close();
    }
  });

  it('says so when there is no node that lives, to all who ask meanwhile', async () => {
    const broker = { urls: ['amqp://127.0.0.1:1', 'amqp://127.0.0.1:2'] };
    const client = new AmqpClient({ name: 'test', broker, destination: commands });
    const asked = Array.from({ length: 20 }, () => ask(client, 'x', 30_000));
    for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({ name: 'BrokerError', code: 'disconnected', message: 'not connected to RabbitMQ' });
    }
    await client.close();
  });

  it('says what the broker refused', async () => {
    const queue = 'test.of-another-type';
    await operator.channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    const client = new AmqpClient({ name: 'test', broker: sandbox.amqpUrl, destination: { queue } });
    await expect(ask(client, 'x', 5_000)).rejects.toMatchObject({ name: 'BrokerError', code: 'topology' });
    await expect(lastValueFrom(client.emit('x', {}))).rejects.toMatchObject({ code: 'topology' });
    await client.close();
  });

  it('whose broker has gone silent says so in time, and uses another connection for what follows', async () => {
    await using executor = await standIn(sandbox.amqpUrl, { speak: () => 'here', news: undefined });
    const proxy = await FreezingProxy.before(sandbox.amqpUrl, 5672);
    const client = new AmqpClient({ name: 'test', broker: proxy.url(sandbox.amqpUrl), destination: commands });
    try {
      expect(await ask(client, 'speak', 5_000)).toBe('here');
      proxy.freeze('work');
      await expect(ask(client, 'speak', 200)).rejects.toMatchObject({
        name: 'BrokerError',
        code: 'timeout',
        message: 'there was no answer within 200 ms',
      });
      await lastValueFrom(client.emit('news', {}));
      for (const pattern of ['speak', 'news']) expect(await executor.next()).toMatchObject({ pattern });
    } finally {
      await client.close();
      await proxy.close();
    }
  });

  it('fails what it still waits for when it is closed', async () => {
    await using executor = await standIn(sandbox.amqpUrl, { silence: () => new Promise(() => {}) });
    const client = new AmqpClient({ name: 'test', broker: sandbox.amqpUrl, destination: commands });
    const unanswered = ask(client, 'silence', 60_000);
    expect(await executor.next()).toMatchObject({ pattern: 'silence' });
    await Promise.all([
      expect(unanswered).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' }),
      client.close(),
    ]);
    await expect(ask(client, 'silence', 60_000)).rejects.toMatchObject({ code: 'disconnected' });
  });

  it('makes the queue again that somebody has deleted, and sends what follows to it', async () => {
    const client = new AmqpClient({ name: 'test', broker: sandbox.amqpUrl, destination: commands });
    await lastValueFrom(client.emit('before', {}));
    await operator.channel.deleteQueue(commandQueue);
    await lastValueFrom(client.emit('news', {}));
    await using executor = await standIn(sandbox.amqpUrl, { news: undefined });
    expect(await executor.next()).toEqual({ pattern: 'news', data: {} });
    await client.close();
  });
});
