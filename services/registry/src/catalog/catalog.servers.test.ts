import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrokerError } from '#broker';
import { configExchange } from '#contracts';
import { createLogger } from '#observability';
import { openInbox, type Inbox } from '../testing/inbox.ts';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';
import { CatalogAnnouncer } from './catalog-announcer.ts';
import type { CatalogChannel } from './catalog-channel.ts';

const silent = createLogger('registry', 'silent');

describe('CatalogAnnouncer', () => {
  /** A broker that takes a message when the test says so. */
  function channel() {
    const sent: { revision: number; settle: PromiseWithResolvers<undefined> }[] = [];
    const arrived: (() => void)[] = [];
    const send = (_pattern: string, { revision }: { revision: number }): Promise<undefined> => {
      const settle = Promise.withResolvers<undefined>();
      sent.push({ revision, settle });
      arrived.shift()?.();
      return settle.promise;
    };
    const nextSend = (): Promise<void> => new Promise((resolve) => arrived.push(resolve));
    return { sent, nextSend, port: { send } as unknown as CatalogChannel };
  }

  it('sends at once, and of what came meanwhile only the newest', async () => {
    const { sent, nextSend, port } = channel();
    const announcer = new CatalogAnnouncer(port, silent);
    announcer.announce(1);
    announcer.announce(2);
    announcer.announce(4);
    announcer.announce(3);
    expect(sent.map(({ revision }) => revision)).toEqual([1]);
    const second = nextSend();
    sent[0]!.settle.resolve(undefined);
    await second;
    expect(sent.map(({ revision }) => revision)).toEqual([1, 4]);
    announcer.stop();
    sent[1]!.settle.resolve(undefined);
  });

  it('tries until the broker has confirmed', async () => {
    const { sent, nextSend, port } = channel();
    const announcer = new CatalogAnnouncer(port, silent);
    announcer.announce(1);
    const second = nextSend();
    sent[0]!.settle.reject(new BrokerError('disconnected', 'not connected'));
    announcer.announce(2);
    await second;
    expect(sent.map(({ revision }) => revision)).toEqual([1, 2]);
    const third = nextSend();
    sent[1]!.settle.resolve(undefined);
    announcer.announce(2);
    announcer.announce(3);
    await third;
    expect(sent.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    announcer.stop();
  });
});

describe('a change of the catalog', () => {
  let registry: TestRegistry;
  let inbox: Inbox;
  beforeAll(async () => {
    registry = await startRegistry();
    inbox = await openInbox(registry.sandbox.amqpUrl, {
      exchanges: [{ name: configExchange, type: 'fanout' }],
      queues: [{ name: 'test.config', arguments: { 'x-expires': 60_000 } }],
      bindings: [{ exchange: configExchange, queue: 'test.config', routingKey: '' }],
    });
  });
  afterAll(async () => {
    await inbox[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  /** The next message, but for the one of the start, which may come before or after the inbox is open. */
  const heard = async (): Promise<unknown> => {
    const message = JSON.parse((await inbox.next()).content.toString()) as { data: { revision: number } };
    return message.data.revision === 0 ? heard() : message;
  };

  it('is told to every executor', async () => {
    await registry.call('POST', '/api/v1/handlers', {
      body: { name: 'a', event: 'clients.create', task: { type: 'script', path: 'x' } },
    });
    expect(await heard()).toEqual({ pattern: 'catalog.changed', data: { revision: 1 } });
  });

  it('a reload is asked of every executor', async () => {
    expect(await registry.call('POST', '/api/v1/catalog/reload')).toMatchObject({ status: 202, body: { revision: 1 } });
    expect(await heard()).toEqual({ pattern: 'catalog.reload', data: { revision: 1 } });
  });
});
