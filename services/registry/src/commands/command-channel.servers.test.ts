import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger as NestLogger } from '@nestjs/common';
import { throwError } from 'rxjs';
import { commandQueue } from '#contracts';
import { createSandbox, type Sandbox } from '../../../../tools/test/sandbox.ts';
import { openInbox } from '../testing/inbox.ts';
import { standIn } from '../../../../test/support/stand-in.ts';
import { CommandChannel } from './command-channel.ts';

describe('CommandChannel', () => {
  let sandbox: Sandbox;
  const channels: CommandChannel[] = [];
  beforeAll(async () => {
    NestLogger.overrideLogger(false);
    sandbox = await createSandbox();
  });
  afterEach(async () => {
    for (const channel of channels.splice(0)) await channel.stop();
  });
  afterAll(async () => sandbox.dispose());

  function open(amqpUrl = sandbox.amqpUrl): CommandChannel {
    const channel = new CommandChannel({ broker: { urls: [amqpUrl] } });
    channels.push(channel);
    return channel;
  }

  it('gives each question its own answer', async () => {
    await using executor = await standIn(sandbox.amqpUrl, { double: ({ n }: { n: number }) => ({ n: 2 * n }) });
    const channel = open();
    const answers = await Promise.all([1, 2, 3].map((n) => channel.ask<{ n: number }>('double', { n })));
    expect(answers).toEqual([{ n: 2 }, { n: 4 }, { n: 6 }]);
    expect(await executor.next()).toEqual({ pattern: 'double', data: { n: 1 } });
  });

  it('says so when an executor could not, or does not know how', async () => {
    await using executor = await standIn(sandbox.amqpUrl, {
      fail: () => throwError(() => ({ status: 'error', message: 'no database' })),
    });
    await expect(open().ask('fail', {})).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'command_failed',
      message: 'the executor failed: no database',
    });
    expect(await executor.next()).toEqual({ pattern: 'fail', data: {} });
    await expect(open().ask('unheard of', {})).rejects.toMatchObject({ code: 'command_failed' });
  });

  it('says so when the broker is away', async () => {
    const channel = open('amqp://127.0.0.1:1');
    await expect(channel.ask('x', {})).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' });
    await expect(channel.tell('x', {})).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' });
  });

  it('tells without an answer', async () => {
    await using executor = await standIn(sandbox.amqpUrl, { news: undefined });
    await open().tell('news', { n: 1 });
    expect(await executor.next()).toEqual({ pattern: 'news', data: { n: 1 } });
  });

  it('a command that no executor took in time is not carried out later', async () => {
    const channel = open();
    await expect(channel.ask('late', { n: 1 })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'no_executor',
      message: 'no executor answered within 5 s',
    });
    await channel.tell('later', { n: 2 });
    await using inbox = await openInbox(sandbox.amqpUrl, {
      exchanges: [],
      queues: [{ name: commandQueue, arguments: {} }],
      bindings: [],
    });
    expect(JSON.parse((await inbox.next()).content.toString())).toEqual({ pattern: 'later', data: { n: 2 } });
  });
});
