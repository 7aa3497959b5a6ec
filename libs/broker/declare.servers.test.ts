import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declare, type Declarations } from './declare.ts';
import { BrokerBench } from './testing/broker-bench.ts';

describe('what a service wants to find in the broker', () => {
  let bench: BrokerBench;

  beforeAll(async () => {
    bench = await BrokerBench.open();
  });

  afterAll(() => bench.close());

  function wishes(): Declarations & { queue: string; exchange: string } {
    const [exchange, queue] = [`exchange-${randomUUID()}`, `queue-${randomUUID()}`];
    return {
      exchange,
      queue,
      exchanges: [{ name: exchange, type: 'topic' }],
      queues: [{ name: queue, arguments: { 'x-queue-type': 'quorum' } }],
      bindings: [{ exchange, queue, routingKey: 'clients.#' }],
    };
  }

  it('is made where it is not there, and left as it is where it is', async () => {
    const wish = wishes();
    const connection = await bench.connect('declaring');
    await declare(await connection.createConfirmChannel(), wish);
    const channel = await connection.createConfirmChannel();
    await declare(channel, wish);
    channel.publish(wish.exchange, 'clients.create', Buffer.from('x'));
    channel.publish(wish.exchange, 'elsewhere', Buffer.from('y'));
    await channel.waitForConfirms();
    expect(await bench.ready(wish.queue)).toBe(1);
  });

  it('is said to be in the way, and what to do, where a queue exists with other arguments', async () => {
    const wish = wishes();
    await bench.makeQueue(wish.queue);
    const other = { ...wish, queues: [{ name: wish.queue, arguments: { 'x-queue-type': 'classic' } }] };
    const channel = await (await bench.connect('refused')).createConfirmChannel();
    const declaring = declare(channel, other);
    await expect(declaring).rejects.toMatchObject({ name: 'BrokerError', code: 'topology', cause: expect.any(Error) });
    await expect(declaring).rejects.toThrow(
      new RegExp(`PRECONDITION_FAILED.*${wish.queue}.*delete it, or use another virtual host`),
    );
  });

  it('is said to be in the way where an exchange exists with another type', async () => {
    const wish = wishes();
    const connection = await bench.connect('refused exchange');
    await declare(await connection.createConfirmChannel(), wish);
    const other = { ...wish, exchanges: [{ name: wish.exchange, type: 'fanout' }] };
    await expect(declare(await connection.createConfirmChannel(), other)).rejects.toMatchObject({ code: 'topology' });
  });
});
