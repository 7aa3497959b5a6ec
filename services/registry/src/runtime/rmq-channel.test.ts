import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger as NestLogger } from '@nestjs/common';
import { commandQueue } from '#contracts';
import { forceClose } from '../../../../test/support/management.ts';
import { createSandbox, type Sandbox } from '../../../../tools/test/sandbox.ts';
import { openInbox } from '../testing/inbox.ts';
import { standIn } from '../testing/stand-in.ts';
import { RmqChannel } from './rmq-channel.ts';

describe('RmqChannel', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    NestLogger.overrideLogger(false);
    sandbox = await createSandbox();
  });
  afterAll(async () => sandbox.dispose());

  it('gives up at once when the connection is lost, and is there again when next needed', async () => {
    const { managementUrl } = sandbox;
    // On a broker that was given there may be no way to end a connection.
    if (managementUrl === undefined) return;
    await using executor = await standIn(sandbox.amqpUrl, {
      silence: () => new Promise(() => {}),
      speak: () => 'here',
    });
    // Other test files have virtual hosts of their own, but the list of connections is one.
    const channel = new RmqChannel(sandbox.amqpUrl, sandbox.vhost, {
      queue: commandQueue,
      queueOptions: { durable: true },
    });
    const unanswered = channel.request('silence', {}, 60_000);
    expect(await executor.next()).toMatchObject({ pattern: 'silence' });
    await Promise.all([
      expect(unanswered).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' }),
      forceClose(managementUrl, sandbox.vhost),
    ]);
    expect(await channel.request('speak', {}, 5_000)).toBe('here');
    expect(await executor.next()).toMatchObject({ pattern: 'speak' });
    await channel.close();
  }, 30_000);

  it('finds the node that lives, whichever it begins with', async () => {
    const urls = ['amqp://127.0.0.1:1', sandbox.amqpUrl, 'amqp://127.0.0.1:2'];
    for (const start of [0, 1, 2]) {
      const broker = { urls: [...urls.slice(start), ...urls.slice(0, start)] };
      const channel = new RmqChannel(broker, 'test', { queue: 'test.nodes', queueOptions: { durable: true } });
      await channel.emit('x', {});
      await channel.close();
    }
  }, 30_000);

  it('says what the broker refused', async () => {
    const name = 'test.of-another-type';
    const inbox = await openInbox(sandbox.amqpUrl, {
      exchanges: [],
      queues: [{ name, arguments: { 'x-queue-type': 'quorum' } }],
      bindings: [],
    });
    await inbox[Symbol.asyncDispose]();
    const channel = new RmqChannel(sandbox.amqpUrl, 'test', { queue: name, queueOptions: { durable: true } });
    await expect(channel.request('x', {}, 1_000)).rejects.toMatchObject({ name: 'BrokerError', code: 'topology' });
    await channel.close();
  });
});
