import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whereManaged } from '../../test/support/management.ts';
import { BrokerConnection } from './connection.ts';
import type { Declarations } from './declare.ts';
import { BrokerError } from './errors.ts';
import { Publisher, type OutgoingMessage } from './publisher.ts';
import { BrokerBench } from './testing/broker-bench.ts';
import { Wire } from './testing/wire.ts';

describe('a publisher', () => {
  let bench: BrokerBench;

  beforeAll(async () => {
    bench = await BrokerBench.open();
  });

  afterAll(() => bench.close());

  /** An exchange of its own with one queue, which takes `to.queue`. */
  function destination(): { exchange: string; queue: string; declarations: Declarations } {
    const [exchange, queue] = [`exchange-${randomUUID()}`, `queue-${randomUUID()}`];
    return {
      exchange,
      queue,
      declarations: {
        exchanges: [{ name: exchange, type: 'topic' }],
        queues: [{ name: queue, arguments: { 'x-queue-type': 'quorum' } }],
        bindings: [{ exchange, queue, routingKey: 'to.queue' }],
      },
    };
  }

  function message(exchange: string, overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
    const content = Buffer.from('{"n":1}');
    const properties = { messageId: 'm-1', contentType: 'application/json', headers: { 'partition-key': '12' } };
    return { exchange, routingKey: 'to.queue', content, ...properties, ...overrides };
  }

  it('declares what has to be there, and resolves when the message is safe in its queue', async () => {
    const { exchange, queue, declarations } = destination();
    const publisher = new Publisher(await bench.connect('confirmed'), declarations);
    await publisher.publish(message(exchange));
    expect(await bench.ready(queue)).toBe(1);
    const [taken] = await bench.take(queue, 1);
    expect(taken!.content.toString()).toBe('{"n":1}');
    expect(taken!.fields.routingKey).toBe('to.queue');
    expect(taken!.properties).toMatchObject({
      messageId: 'm-1',
      contentType: 'application/json',
      deliveryMode: 2,
      headers: { 'partition-key': '12' },
    });
    await publisher.close();
  });

  it.each<[string, (exchange: string, queue: string) => Promise<unknown>]>([
    ['the queue', (_exchange, queue) => bench.deleteQueue(queue)],
    ['the exchange', async (exchange) => (await channel()).deleteExchange(exchange)],
    ['the binding', async (exchange, queue) => (await channel()).unbindQueue(queue, exchange, 'to.queue')],
  ])('declares everything again when somebody has removed %s, and sends once more', async (_name, remove) => {
    const { exchange, queue, declarations } = destination();
    const repairs: unknown[] = [];
    const publisher = new Publisher(await bench.connect('mending'), declarations, (repair) => repairs.push(repair));
    await publisher.publish(message(exchange));
    await bench.take(queue, 1);
    await remove(exchange, queue);
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => publisher.publish(message(exchange, { messageId: `m-${n}` }))),
    );
    const taken = await bench.take(queue, 5);
    expect(new Set(taken.map(({ properties }) => properties.messageId as string)).size).toBe(5);
    expect(repairs.length).toBeGreaterThan(0);
    await publisher.close();
  });

  const channel = async () => (await bench.connect('somebody else')).createConfirmChannel();

  it('keeps the order of what is published without waiting', async () => {
    const { exchange, queue, declarations } = destination();
    const publisher = new Publisher(await bench.connect('order'), declarations);
    const numbers = Array.from({ length: 100 }, (_, n) => String(n));
    await Promise.all(numbers.map((n) => publisher.publish(message(exchange, { content: Buffer.from(n) }))));
    const taken = await bench.take(queue, numbers.length);
    expect(taken.map(({ content }) => content.toString())).toEqual(numbers);
    await publisher.close();
  });

  it('says of a message that no queue takes that it is unroutable, and of no other', async () => {
    const { exchange, queue, declarations } = destination();
    const publisher = new Publisher(await bench.connect('unroutable'), declarations);
    const lost = message(exchange, { routingKey: 'to.nobody' });
    await expect(publisher.publish(lost)).rejects.toMatchObject({ name: 'BrokerError', code: 'unroutable' });
    // All at once, and all with one id: what is said of each must be its own fate.
    const routingKeys = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? 'to.nobody' : 'to.queue'));
    const results = await Promise.allSettled(
      routingKeys.map((routingKey) => publisher.publish(message(exchange, { routingKey }))),
    );
    const fates = results.map((result) =>
      result.status === 'rejected' ? (result.reason as BrokerError).code : 'safe',
    );
    expect(fates).toEqual(routingKeys.map((routingKey) => (routingKey === 'to.nobody' ? 'unroutable' : 'safe')));
    expect(await bench.ready(queue)).toBe(40);
    await publisher.publish(message(exchange));
    await publisher.close();
  });

  it('says that the exchange it publishes to is not what it was declared as, and works when it is out of the way', async () => {
    const { exchange, queue, declarations } = destination();
    await bench.makeQueue(queue);
    const other = { ...declarations, queues: [{ name: queue, arguments: { 'x-queue-type': 'classic' } }] };
    const publisher = new Publisher(await bench.connect('topology'), other);
    await expect(publisher.publish(message(exchange))).rejects.toMatchObject({ name: 'BrokerError', code: 'topology' });
    await bench.deleteQueue(queue);
    await publisher.publish(message(exchange));
    await publisher.close();
  });

  it('fails at once when there is no broker', async () => {
    const connection = BrokerConnection.open('amqp://127.0.0.1:1', 'nowhere');
    const publisher = new Publisher(connection, destination().declarations);
    const failed = once(connection, 'failed');
    await expect(publisher.publish(message('anywhere'))).rejects.toMatchObject({ code: 'disconnected' });
    await failed;
    await expect(publisher.publish(message('anywhere'))).rejects.toMatchObject({ code: 'disconnected' });
    await publisher.close();
    await connection.close();
  });

  whereManaged(it)('works again after the broker has closed its connection', async () => {
    const { exchange, queue, declarations } = destination();
    const connection = await bench.connect('to be closed');
    const publisher = new Publisher(connection, declarations);
    await publisher.publish(message(exchange));
    const connected = once(connection, 'connected');
    await bench.forceClose(connection, 'to be closed');
    await expect(publisher.publish(message(exchange))).rejects.toMatchObject({ code: 'disconnected' });
    await connected;
    await publisher.publish(message(exchange));
    expect(await bench.ready(queue)).toBe(2);
    await publisher.close();
  });

  describe('on a bad wire', () => {
    let wire: Wire;

    beforeAll(async () => {
      wire = await Wire.to(bench.sandbox.amqpUrl);
    });

    afterAll(() => wire.close());

    it('does not say that a message was refused when nobody can know: it may have arrived', async () => {
      const { exchange, queue, declarations } = destination();
      const connection = await bench.connect('cut', wire.url);
      const publisher = new Publisher(connection, declarations);
      await publisher.publish(message(exchange));
      wire.holdAnswers();
      const published = publisher.publish(message(exchange, { messageId: 'm-2' }));
      const unknown = expect(published).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' });
      expect((await bench.take(queue, 2)).map(({ properties }) => properties.messageId as string)).toEqual([
        'm-1',
        'm-2',
      ]);
      const connected = once(connection, 'connected');
      wire.cut();
      await unknown;
      await connected;
      await publisher.publish(message(exchange, { messageId: 'm-3' }));
      await publisher.close();
    });

    it('says that it is disconnected when the wire is cut before its channel is open', async () => {
      const { exchange, declarations } = destination();
      const connection = await bench.connect('cut early', wire.url);
      wire.holdAnswers();
      const published = new Publisher(connection, declarations).publish(message(exchange));
      const rejected = expect(published).rejects.toMatchObject({ name: 'BrokerError', code: 'disconnected' });
      wire.cut();
      await rejected;
    });

    it('gives up waiting for a broker that does not answer, within five seconds', async () => {
      const { exchange, declarations } = destination();
      const publisher = new Publisher(await bench.connect('silent', wire.url), declarations);
      await publisher.publish(message(exchange));
      wire.holdAnswers();
      const begin = performance.now();
      await expect(publisher.publish(message(exchange))).rejects.toMatchObject({
        name: 'BrokerError',
        code: 'timeout',
      });
      expect(performance.now() - begin).toBeLessThan(10_000);
      wire.cut();
    });
  });
});
