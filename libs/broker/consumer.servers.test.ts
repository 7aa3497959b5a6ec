import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/eventually.ts';
import { FreezingProxy } from '../../test/support/freezing-proxy.ts';
import { whereManaged } from '../../test/support/management.ts';
import { BrokerConnection } from './connection.ts';
import { Consumer } from './consumer.ts';
import type { Delivery, Settlement } from './delivery.ts';
import { BrokerError } from './errors.ts';
import { BrokerBench } from './testing/broker-bench.ts';

const never = new AbortController().signal;
const prefetch = 10;

describe('a consumer', () => {
  let bench: BrokerBench;
  let queue: string;
  let name: string;
  let connection: BrokerConnection;
  let consumer: Consumer;
  /** Everything that was delivered, in its order. */
  let deliveries: Delivery[];
  let failures: Error[];
  /** Messages that kept ending the session, and by what. */
  let stuck: string[];
  /** The result of a delivery, which the test decides. */
  let onDelivery: (delivery: Delivery) => Promise<Settlement>;

  beforeAll(async () => {
    bench = await BrokerBench.open();
  });

  afterAll(() => bench.close());

  beforeEach(async () => {
    queue = `queue-${randomUUID()}`;
    name = `consumer ${queue}`;
    deliveries = [];
    failures = [];
    stuck = [];
    onDelivery = (delivery) => Promise.resolve(delivery.begin() ? 'done' : 'left');
    connection = await bench.connect(name);
    consumer = consumerOn(connection);
  });

  afterEach(async () => {
    await consumer.stop(AbortSignal.abort());
    await connection.close();
  });

  function consumerOn(connectionOfIts: BrokerConnection): Consumer {
    return new Consumer(connectionOfIts, {
      declarations: {
        exchanges: [],
        queues: [{ name: queue, arguments: { 'x-queue-type': 'quorum' } }],
        bindings: [],
      },
      subscriptions: [{ queue }],
      prefetch,
      onDelivery: (delivery) => {
        deliveries.push(delivery);
        return onDelivery(delivery);
      },
      onStuck: (delivery, { last }) => {
        stuck.push(`${delivery.content.toString()}: ${last.message}`);
        return Promise.resolve(delivery.begin() ? 'done' : 'left');
      },
      onConsuming: () => undefined,
      onFailure: (error) => failures.push(error),
    });
  }

  async function start(): Promise<void> {
    consumer.start();
    await eventually(() => consumer.consuming || undefined);
  }

  const texts = (from = 0) => deliveries.slice(from).map(({ content }) => content.toString());
  const delivered = (count: number) => eventually(() => (deliveries.length >= count ? true : undefined));

  it('that is stopped while it opens its subscriptions waits for the work that has begun', async () => {
    await start();
    await consumer.stop(AbortSignal.abort());
    await bench.send(queue, 'early');
    // With this number of subscriptions the first message arrives before the last subscription is made.
    const others = Array.from({ length: 40 }, (_, n) => ({ name: `${queue}-${n}`, arguments: {} }));
    const told: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<{ stopped: Promise<void> }>();
    const opening = new Consumer(connection, {
      declarations: {
        exchanges: [],
        queues: [{ name: queue, arguments: { 'x-queue-type': 'quorum' } }, ...others],
        bindings: [],
      },
      subscriptions: [queue, ...others.map((other) => other.name)].map((each) => ({ queue: each })),
      prefetch,
      onDelivery: async (delivery) => {
        delivery.begin();
        begun.resolve({ stopped: opening.stop(never).then(() => void told.push('stopped')) });
        await gate.promise;
        told.push(delivery.signal.aborted ? 'aborted' : 'done');
        return 'done';
      },
      onStuck: (_delivery, { last }) => Promise.reject(last),
      onConsuming: () => told.push('consuming'),
      onFailure: (error) => failures.push(error),
    });
    opening.start();
    const { stopped } = await begun.promise;
    expect(told).toEqual([]);
    gate.resolve(undefined);
    await stopped;
    expect(told).toEqual(['done', 'stopped']);
    expect(failures).toEqual([]);
    // It was acknowledged, and does not come again.
    consumer = consumerOn(connection);
    await start();
    await bench.send(queue, 'late');
    await delivered(1);
    expect(texts()).toEqual(['late']);
  });

  it('that is paused gives everything back at once, tells what runs, and takes no more until it goes on', async () => {
    onDelivery = (delivery) => {
      delivery.begin();
      return new Promise((resolve) => delivery.signal.addEventListener('abort', () => resolve('left')));
    };
    await start();
    await bench.send(queue, 'one', 'two');
    await delivered(2);
    const reason = new Error('the database is away');
    consumer.pause(reason);
    expect(deliveries.map(({ signal }) => signal.reason as unknown)).toEqual([reason, reason]);
    await eventually(async () => ((await bench.ready(queue)) === 2 ? true : undefined));
    expect(consumer.consuming).toBe(false);
    onDelivery = (delivery) => Promise.resolve(delivery.begin() ? 'done' : 'left');
    consumer.resume();
    await delivered(4);
    expect(texts(2)).toEqual(['one', 'two']);
    expect(stuck).toEqual([]);
  });

  it('whose broker goes silent is told within little more than a heartbeat, and goes on over a new connection', async () => {
    const proxy = await FreezingProxy.before(bench.sandbox.amqpUrl, 5672);
    const own = await bench.connect('silent', `${proxy.url(bench.sandbox.amqpUrl)}?heartbeat=2`);
    const other = consumerOn(own);
    other.start();
    await eventually(() => other.consuming || undefined);
    onDelivery = (delivery) => {
      delivery.begin();
      return new Promise((resolve) => delivery.signal.addEventListener('abort', () => resolve('left')));
    };
    await bench.send(queue, 'held');
    await delivered(1);
    proxy.freeze('work');
    const from = performance.now();
    await once(deliveries[0]!.signal, 'abort');
    const silentMs = performance.now() - from;
    // RabbitMQ gives the message to others after two heartbeats at the earliest, less what it had heard before: from
    // 3,000 ms on.
    expect(silentMs).toBeLessThan(3_000);
    onDelivery = (delivery) => Promise.resolve(delivery.begin() ? 'done' : 'left');
    await delivered(2);
    await other.stop(AbortSignal.abort());
    await own.close();
    await proxy.close();
  });

  it('says of a delivery whether others wait for its place', async () => {
    const released = Promise.withResolvers<Settlement>();
    onDelivery = (delivery) => (delivery.begin() ? released.promise : Promise.resolve('left'));
    await start();
    await bench.send(queue, ...Array.from({ length: prefetch - 1 }, (_, n) => `${n}`));
    await delivered(prefetch - 1);
    expect(deliveries.map(({ crowded }) => crowded)).not.toContain(true);
    await bench.send(queue, 'last', 'beyond');
    await delivered(prefetch);
    expect(deliveries.map(({ crowded }) => crowded)).not.toContain(false);
    released.resolve('done');
    await delivered(prefetch + 1);
    await eventually(() => (deliveries[0]!.crowded ? undefined : true));
  });

  it('acknowledges what is done, and what is done only', async () => {
    onDelivery = (delivery) => {
      delivery.begin();
      return Promise.resolve(delivery.content.toString() === 'b' ? 'left' : 'done');
    };
    await start();
    await bench.send(queue, 'a', 'b', 'c');
    await delivered(3);
    await consumer.stop(never);
    const [message] = await bench.take(queue, 1);
    expect(message!.content.toString()).toBe('b');
    expect(await bench.ready(queue)).toBe(0);
  });

  it('hands over a message with all that came with it', async () => {
    await start();
    await bench.send(queue, 'a');
    await delivered(1);
    expect(deliveries[0]).toMatchObject({ queue, exchange: '', routingKey: queue, redelivered: false, headers: {} });
    expect(deliveries[0]!.signal.aborted).toBe(false);
  });

  it('gets everything again in its order when one delivery is rejected', async () => {
    const begun = Promise.withResolvers<undefined>();
    onDelivery = async (delivery) => {
      delivery.begin();
      if (delivery.redelivered) return 'done';
      if (delivery.content.toString() === 'e') begun.resolve(undefined);
      await begun.promise;
      if (delivery.content.toString() === 'c') throw new Error('no way');
      // Whatever the others came to, they were taken back: their ends must not acknowledge anything.
      return new Promise((resolve) => delivery.signal.addEventListener('abort', () => resolve('done')));
    };
    await start();
    await bench.send(queue, 'a', 'b', 'c', 'd', 'e');
    await delivered(10);
    expect(texts()).toEqual(['a', 'b', 'c', 'd', 'e', 'a', 'b', 'c', 'd', 'e']);
    expect(failures.map(({ message }) => message)).toEqual(['no way']);
    for (const { signal } of deliveries.slice(0, 5)) expect(signal.aborted).toBe(true);
    await consumer.stop(never);
    expect(await bench.ready(queue)).toBe(0);
  });

  it('puts a message away that ends its sessions again and again, and no other', async () => {
    onDelivery = (delivery) => {
      if (!delivery.begin()) return Promise.resolve('left');
      return delivery.content.toString() === 'b' ? Promise.reject(new Error('no way')) : Promise.resolve('done');
    };
    await start();
    await bench.send(queue, 'a', 'b', 'c');
    await eventually(() => (stuck.length > 0 ? true : undefined));
    await eventually(() => (texts().at(-1) === 'c' ? true : undefined));
    expect(stuck).toEqual(['b: no way']);
    expect(failures).toHaveLength(4);
    await consumer.stop(never);
    expect(await bench.ready(queue)).toBe(0);
  });

  it('puts away no message when it is the broker that keeps it from being dealt with', async () => {
    onDelivery = (delivery) => {
      if (!delivery.begin()) return Promise.resolve('left');
      return failures.length < 6 ? Promise.reject(new BrokerError('refused', 'full')) : Promise.resolve('done');
    };
    await start();
    await bench.send(queue, 'a');
    await eventually(() => (failures.length === 6 ? true : undefined));
    await delivered(7);
    expect(stuck).toEqual([]);
  });

  whereManaged(it)('tells what runs when its connection is lost, and consumes again by itself', async () => {
    onDelivery = async (delivery) => {
      delivery.begin();
      if (deliveries.length <= 2) await once(delivery.signal, 'abort');
      return 'done';
    };
    await start();
    await bench.send(queue, 'a', 'b');
    await delivered(2);
    await bench.forceClose(connection, name);
    expect(deliveries.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(consumer.consuming).toBe(false);
    await delivered(4);
    expect(texts(2)).toEqual(['a', 'b']);
    expect(deliveries.slice(2).every(({ redelivered }) => redelivered)).toBe(true);
    await bench.send(queue, 'c');
    await delivered(5);
    await consumer.stop(never);
    expect(await bench.ready(queue)).toBe(0);
  });

  it('consumes again when the broker has cancelled it, since its queue was deleted', async () => {
    await start();
    await bench.deleteQueue(queue);
    await eventually(() => (failures.length > 0 ? true : undefined));
    await eventually(() => consumer.consuming || undefined);
    await bench.send(queue, 'a');
    await delivered(1);
  });

  it('finishes what it has begun when it stops, and begins nothing more', async () => {
    const release = Promise.withResolvers<undefined>();
    const begun: string[] = [];
    onDelivery = async (delivery) => {
      // The first two run; the others wait behind them, as events of one key do.
      if (['c', 'd'].includes(delivery.content.toString())) await release.promise;
      if (!delivery.begin()) return 'left';
      begun.push(delivery.content.toString());
      await release.promise;
      return 'done';
    };
    await start();
    await bench.send(queue, 'a', 'b', 'c', 'd');
    await delivered(4);
    expect(consumer.inFlight).toBe(2);
    let stopped = false;
    const stopping = consumer.stop(never).then(() => (stopped = true));
    expect(consumer.consuming).toBe(false);
    await bench.send(queue, 'e');
    expect(stopped).toBe(false);
    release.resolve(undefined);
    await stopping;
    expect(begun).toEqual(['a', 'b']);
    const left = await bench.take(queue, 3);
    expect(left.map(({ content }) => content.toString())).toEqual(['c', 'd', 'e']);
  });

  it('aborts at the deadline what has not ended by then, whose messages return in their order', async () => {
    onDelivery = async (delivery) => {
      delivery.begin();
      await once(delivery.signal, 'abort');
      throw delivery.signal.reason;
    };
    await start();
    await bench.send(queue, 'a', 'b');
    await delivered(2);
    const deadline = new AbortController();
    const stopping = consumer.stop(deadline.signal);
    expect(deliveries[0]!.signal.aborted).toBe(false);
    deadline.abort();
    await stopping;
    expect(deliveries.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    const left = await bench.take(queue, 2);
    expect(left.map(({ content, fields }) => [content.toString(), fields.redelivered])).toEqual([
      ['a', true],
      ['b', true],
    ]);
    // A stop is no failure.
    expect(failures).toEqual([]);
  });

  it('begins nothing more after its process stood still, and gets everything again', async () => {
    const outcome = Promise.withResolvers<{ lost: unknown; aborted: boolean }>();
    onDelivery = (delivery) => {
      delivery.begin();
      // The longest time after which a broker that hears nothing redelivers the messages.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_200);
      onDelivery = (again) => Promise.resolve(again.begin() ? 'done' : 'left');
      try {
        delivery.assertOurs();
        outcome.resolve({ lost: undefined, aborted: delivery.signal.aborted });
      } catch (error) {
        outcome.resolve({ lost: error, aborted: delivery.signal.aborted });
      }
      return Promise.resolve('done');
    };
    await start();
    await bench.send(queue, 'a');
    expect(await outcome.promise).toMatchObject({ lost: { code: 'disconnected' }, aborted: true });
    await delivered(2);
    expect(texts()).toEqual(['a', 'a']);
    expect(failures).toMatchObject([{ message: 'the process stood still for 5 s; the broker may have moved on' }]);
  });

  it('may be stopped more than once, and before it was started', async () => {
    await start();
    await Promise.all([consumer.stop(never), consumer.stop(never)]);
    await consumer.stop(never);
    await consumerOn(connection).stop(never);
  });

  it('can be stopped while it waits for a broker that never comes', async () => {
    const nowhere = BrokerConnection.open('amqp://127.0.0.1:1', 'nowhere');
    const waiting = consumerOn(nowhere);
    waiting.start();
    await once(nowhere, 'failed');
    await waiting.stop(never);
    await nowhere.close();
  });

  it('goes on trying while its queue cannot be declared, and says why', async () => {
    await bench.makeQueue(queue);
    const other = new Consumer(connection, {
      declarations: {
        exchanges: [],
        queues: [{ name: queue, arguments: { 'x-queue-type': 'classic' } }],
        bindings: [],
      },
      subscriptions: [{ queue }],
      prefetch: 1,
      onDelivery: () => Promise.resolve('done'),
      onStuck: () => Promise.resolve('done'),
      onConsuming: () => undefined,
      onFailure: (error) => failures.push(error),
    });
    other.start();
    await eventually(() => (failures.length > 0 ? true : undefined));
    expect(failures[0]).toMatchObject({ name: 'BrokerError', code: 'topology' });
    await bench.deleteQueue(queue);
    await eventually(() => other.consuming || undefined);
    await other.stop(never);
  });

  describe('that forwards', () => {
    const forwarded = (to: string, { content }: Delivery) => {
      return { queue: to, content, messageId: 'm-1', contentType: 'application/json', headers: { key: '12' } };
    };

    it('sends a message on as it is told, and acknowledges it when the next queue has it', async () => {
      const next = `next-${randomUUID()}`;
      await bench.makeQueue(next);
      onDelivery = async (delivery) => {
        delivery.begin();
        await delivery.forward(forwarded(next, delivery));
        return 'done';
      };
      await start();
      await bench.send(queue, 'a');
      const [taken] = await bench.take(next, 1);
      expect(taken!.content.toString()).toBe('a');
      expect(taken!.properties).toMatchObject({ messageId: 'm-1', deliveryMode: 2, headers: { key: '12' } });
      await consumer.stop(never);
      expect(await bench.ready(queue)).toBe(0);
    });

    it('acknowledges nothing that it sent to a queue that is not there', async () => {
      const next = `next-${randomUUID()}`;
      onDelivery = async (delivery) => {
        delivery.begin();
        await delivery.forward(forwarded(next, delivery));
        return 'done';
      };
      await start();
      await bench.send(queue, 'a');
      await eventually(() => (failures.length > 0 ? true : undefined));
      expect(failures[0]).toMatchObject({ name: 'BrokerError', code: 'unroutable' });
      await bench.makeQueue(next);
      const [message] = await bench.take(next, 1);
      expect(message!.content.toString()).toBe('a');
    });
  });
});
