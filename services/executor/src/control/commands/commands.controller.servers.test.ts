import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module, type DynamicModule, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  operationChangedPattern,
  retryDeferralPattern,
  skipDeferralPattern,
  testHandlerPattern,
  type TestHandlerCommand,
} from '#contracts';
import type { AmqpServer } from '#messaging';
import { createLogger } from '#observability';
import { eventually } from '../../../../../test/support/eventually.ts';
import { forceClose, whereManaged } from '../../../../../test/support/management.ts';
import { Requester } from '../../../../../test/support/requester.ts';
import { createSandbox, type Sandbox } from '../../../../../tools/test/sandbox.ts';
import { COMMAND_PARTS, CommandsController, createCommandServer, type CommandParts } from './commands.controller.ts';

@Module({})
class CommandsModule {
  static with(parts: CommandParts): DynamicModule {
    const providers = [{ provide: COMMAND_PARTS, useValue: parts }];
    return { module: CommandsModule, controllers: [CommandsController], providers };
  }
}

/** What is used of the channel. */
interface Acknowledging extends EventEmitter {
  ack(message: object): void;
}

const test: TestHandlerCommand = {
  handlerId: '01960000-0000-7000-8000-000000000001',
  body: '{}',
  partitionKey: '12',
  traceparent: null,
};
const tried = { id: 'of an attempt' };

describe('commands', () => {
  let sandbox: Sandbox;
  let requester: Requester;
  let server: AmqpServer;
  let app: INestMicroservice;
  const done: unknown[] = [];
  let retryNow: CommandParts['deferrals']['retryNow'];

  const parts: CommandParts = {
    deferrals: {
      retryNow: (key) => retryNow(key),
      giveUp: (key) => {
        done.push(`give up ${key}`);
        return Promise.resolve({ kind: 'running' });
      },
    },
    operations: { look: () => void done.push('look') },
    handlerTest: {
      run: (command) => {
        done.push(command);
        return Promise.resolve(tried as never);
      },
    },
  };

  beforeEach(async () => {
    done.length = 0;
    retryNow = (key) => {
      done.push(`retry ${key}`);
      return Promise.resolve({ kind: 'taken' });
    };
    sandbox = await createSandbox();
    requester = await Requester.connect(sandbox.amqpUrl);
    server = createCommandServer(sandbox.amqpUrl, createLogger('executor', 'silent'));
    app = await NestFactory.createMicroservice(CommandsModule.with(parts), { strategy: server, logger: false });
    await app.listen();
  });

  afterEach(async () => {
    await app.close();
    await requester.close();
    await sandbox.dispose();
  });

  it('are done, and answered', async () => {
    expect(await requester.ask(retryDeferralPattern, { key: 'a' })).toMatchObject({ response: { kind: 'taken' } });
    expect(await requester.ask(skipDeferralPattern, { key: 'b' })).toMatchObject({ response: { kind: 'running' } });
    expect(await requester.ask(testHandlerPattern, test)).toMatchObject({ response: tried });
    expect(done).toEqual(['retry a', 'give up b', test]);
  });

  it.each([undefined, null, {}, 'of no object', { replayId: 'any' }])(
    'have operations looked for, whatever the message says: %j',
    async (data) => {
      requester.tell(operationChangedPattern, data);
      await eventually(() => (done.length > 0 ? true : undefined));
      expect(done).toEqual(['look']);
    },
  );

  it.each<[string, string, unknown]>([
    ['nothing', retryDeferralPattern, undefined],
    ['null', skipDeferralPattern, null],
    ['a list', retryDeferralPattern, []],
    ['no key', retryDeferralPattern, {}],
    ['a key that is no text', skipDeferralPattern, { key: 12 }],
    ['no handler', testHandlerPattern, { ...test, handlerId: undefined }],
    ['an id that is none', testHandlerPattern, { ...test, handlerId: 'x' }],
    ['no body', testHandlerPattern, { ...test, body: { event: {} } }],
    ['a key that is no text', testHandlerPattern, { ...test, partitionKey: 12 }],
  ])('with %s are answered with what is wrong, and not done', async (_name, pattern, data) => {
    const { err } = await requester.ask(pattern, data);
    expect(err).toEqual({ status: 'error', code: 'malformed_command', message: expect.stringMatching(/ must be /) });
    expect(done).toEqual([]);
  });

  it('of a kind that nobody knows are answered with an error', async () => {
    expect(await requester.ask('handler.delete', {})).toMatchObject({
      err: expect.stringMatching(/no matching message/),
    });
  });

  it('that fail are answered with an error', async () => {
    retryNow = () => Promise.reject(new Error('a fault of ours'));
    expect(await requester.ask(retryDeferralPattern, { key: 'a' })).toMatchObject({ err: { status: 'error' } });
  });

  it('are still taken after messages that are none', async () => {
    for (const content of [
      '',
      'null',
      '12',
      '[]',
      '{',
      '{}',
      '{"pattern":{"a":1}}',
      '{"pattern":"__proto__","id":"1"}',
    ]) {
      requester.send(content);
    }
    // Without a place for the answer, and with one that is gone.
    requester.send(JSON.stringify({ pattern: retryDeferralPattern, id: '1' }));
    requester.send(JSON.stringify({ pattern: retryDeferralPattern, data: { key: 'gone' }, id: '2' }), {
      replyTo: 'gone',
    });
    requester.send('[]', { replyTo: 'amq.rabbitmq.reply-to', correlationId: 'of no question' });
    expect(await requester.ask(retryDeferralPattern, { key: 'last' })).toMatchObject({ response: { kind: 'taken' } });
    expect(done).toEqual(['retry gone', 'retry last']);
  });

  it('are taken again after the queue has been deleted', async () => {
    await requester.ask(retryDeferralPattern, { key: 'before' });
    await requester.deleteQueue();
    await requester.seen({ waiting: 0, takers: 1 });
    await requester.ask(retryDeferralPattern, { key: 'after' });
    expect(done).toEqual(['retry before', 'retry after']);
  });

  it('are taken again after the broker has closed the channel alone', async () => {
    await requester.ask(retryDeferralPattern, { key: 'before' });
    const channel = server.unwrap<Acknowledging>();
    const closed = new Promise((resolve) => channel.once('close', resolve));
    // There is nothing to be acknowledged, for which the broker closes a channel.
    channel.ack({ fields: { deliveryTag: 1 } });
    await closed;
    expect(await requester.ask(retryDeferralPattern, { key: 'after' })).toMatchObject({ response: { kind: 'taken' } });
  });

  whereManaged(it)('are taken again after the connection was lost', async () => {
    await requester.ask(retryDeferralPattern, { key: 'before' });
    await forceClose(sandbox.managementUrl!, 'provisor commands');
    expect(await requester.ask(retryDeferralPattern, { key: 'after' })).toMatchObject({ response: { kind: 'taken' } });
  });

  it('are taken as soon as a queue is out of the way that has other properties', async () => {
    await server.close();
    await requester.deleteQueue();
    await requester.makeOtherQueue();
    const refused = Promise.withResolvers<undefined>();
    const logger = createLogger('executor', 'silent');
    logger.warn = () => refused.resolve(undefined);
    const other = createCommandServer(sandbox.amqpUrl, logger);
    other.listen(() => undefined);
    await refused.promise;
    await requester.deleteQueue();
    await requester.seen({ waiting: 0, takers: 1 });
    await other.close();
  });

  it('that were begun are answered before it closes, and others are left to others', async () => {
    const begun = Promise.withResolvers<undefined>();
    const end = Promise.withResolvers<undefined>();
    retryNow = async () => {
      begun.resolve(undefined);
      await end.promise;
      return { kind: 'taken' };
    };
    const answer = requester.ask(retryDeferralPattern, { key: 'begun' });
    await begun.promise;
    const closed = Promise.all([server.close(), server.close()]);
    await requester.seen({ waiting: 0, takers: 0 });
    requester.tell(operationChangedPattern, {});
    end.resolve(undefined);
    expect(await answer).toMatchObject({ response: { kind: 'taken' } });
    await closed;
    await app.listen();
    await requester.seen({ waiting: 1, takers: 0 });
    expect(done).toEqual([]);
  });
});
