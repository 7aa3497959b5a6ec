import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/eventually.ts';
import type { BrokerConnection } from './connection.ts';
import { Consumer } from './consumer.ts';
import type { ConsumerOptions } from './consumer-options.ts';
import type { Delivery, Settlement } from './delivery.ts';
import { QueueWatch } from './queue-watch.ts';
import { BrokerBench } from './testing/broker-bench.ts';

const never = new AbortController().signal;
const mostHeld = 10;
/** As long as one that travels alone. */
const longText = 'x'.repeat(20_000);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('messages that are forwarded while earlier ones are not confirmed', () => {
  let bench: BrokerBench;
  let connection: BrokerConnection;
  /** Where messages come in, and where they are forwarded to. */
  let first: string;
  let next: string;
  let relay: Consumer;
  let reader: Consumer;
  let arrived: Delivery[];
  let stuck: string[];
  let failures: Error[];
  let watch: QueueWatch;
  let now = 0;
  /** The settlement of an arrived message, which the test decides. */
  let onArrival: (delivery: Delivery) => Promise<Settlement>;

  beforeAll(async () => {
    bench = await BrokerBench.open();
  });

  afterAll(() => bench.close());

  beforeEach(async () => {
    [first, next] = [`first-${randomUUID()}`, `next-${randomUUID()}`];
    [arrived, stuck, failures] = [[], [], []];
    watch = new QueueWatch(true, () => now);
    onArrival = (delivery) => Promise.resolve(delivery.begin() ? 'done' : 'left');
    await bench.makeQueue(first);
    await bench.makeQueue(next);
    connection = await bench.connect(`batches ${first}`);
    relay = new Consumer(connection, {
      ...optionsOf(first),
      prefetch: 1_000,
      onDelivery: async (delivery) => {
        delivery.begin();
        const content = delivery.takeContent();
        const properties = {
          messageId: randomUUID(),
          contentType: 'text/plain',
          headers: { text: content.toString('utf8', 0, 9) },
        };
        await delivery.forward({ queue: next, content, ...properties });
        return 'done';
      },
    });
    reader = readerOf({ mostHeld, opensBatches: true });
  });

  afterEach(async () => {
    await relay.stop(AbortSignal.abort());
    await reader.stop(AbortSignal.abort());
    await connection.close();
  });

  function optionsOf(queue: string): Omit<ConsumerOptions, 'prefetch' | 'onDelivery'> {
    return {
      declarations: { exchanges: [], queues: [{ name: queue, arguments: { 'x-queue-type': 'quorum' } }], bindings: [] },
      subscriptions: [{ queue }],
      onStuck: (delivery) => {
        stuck.push(delivery.content.toString());
        return Promise.resolve(delivery.begin() ? 'done' : 'left');
      },
      onConsuming: () => undefined,
      onFailure: (error) => failures.push(error),
    };
  }

  function readerOf(further: Pick<ConsumerOptions, 'mostHeld' | 'opensBatches'>): Consumer {
    return new Consumer(connection, {
      ...optionsOf(next),
      ...further,
      prefetch: 5,
      queues: watch,
      onDelivery: (delivery) => {
        arrived.push(delivery);
        return onArrival(delivery);
      },
    });
  }

  const texts = (from = 0) => arrived.slice(from).map(({ content }) => content.toString());
  const number = (count: number) => eventually(() => (arrived.length >= count ? true : undefined));

  /** Forwards messages, and waits until all of them are in the next queue. */
  async function forward(...all: string[]): Promise<void> {
    await bench.send(first, ...all);
    relay.start();
    await eventually(() => relay.consuming || undefined);
    await eventually(async () => ((await bench.ready(first)) === 0 && relay.inFlight === 0 ? true : undefined));
  }

  it('travel together, and arrive in their order, each as it was', async () => {
    await forward(...numbers(100));
    expect(await bench.ready(next)).toBeLessThan(50);
    reader.start();
    await number(100);
    expect(texts()).toEqual(numbers(100));
    expect(arrived.map(({ headers }) => headers['text'])).toEqual(numbers(100));
    expect(new Set(arrived.map(({ messageId }) => messageId)).size).toBe(100);
    expect(arrived[99]).toMatchObject({ queue: next, contentType: 'text/plain', redelivered: false, size: 2 });
  });

  it('travel alone when they are long, in their order', async () => {
    const all = ['0', longText, '1', longText, '2'];
    await forward(...all);
    reader.start();
    await number(5);
    expect(texts()).toEqual(all);
  });

  it('are acknowledged when all are done that came together', async () => {
    await forward(...numbers(100));
    reader.start();
    await number(100);
    await reader.stop(never);
    expect(await bench.ready(next)).toBe(0);
  });

  it('wait when as many are worked on as may be, and so does what comes behind them', async () => {
    await forward(...numbers(100));
    await bench.send(next, 'last');
    const gates: (() => void)[] = [];
    onArrival = (delivery) => {
      delivery.begin();
      return new Promise((resolve) => gates.push(() => resolve('done')));
    };
    reader.start();
    await number(mostHeld);
    let most = 0;
    while (arrived.length < 101 || gates.length > 0) {
      await eventually(() => gates.length > 0 || undefined);
      most = Math.max(most, gates.length);
      gates.shift()!();
    }
    // Up to the limit, and what one more message brought.
    expect(most).toBeLessThan(2 * mostHeld);
    expect(texts()).toEqual([...numbers(100), 'last']);
  });

  it('come again with all that came together when one of them is left, and say so', async () => {
    await forward(...numbers(100));
    onArrival = (delivery) => {
      const isLeft = delivery.content.toString() === '40';
      return Promise.resolve(delivery.begin() && !isLeft ? 'done' : 'left');
    };
    reader.start();
    await number(100);
    await reader.stop(never);
    arrived = [];
    onArrival = (delivery) => Promise.resolve(delivery.begin() ? 'done' : 'left');
    reader = readerOf({ mostHeld, opensBatches: true });
    reader.start();
    await number(2);
    await reader.stop(never);
    expect(arrived.every(({ redelivered }) => redelivered)).toBe(true);
    expect(texts()).toContain('40');
    expect(arrived.length).toBeLessThan(mostHeld);
    expect(await bench.ready(next)).toBe(0);
  });

  it('get out of the way of the others one by one when the consumer fails on them', async () => {
    await forward(...numbers(30));
    onArrival = (delivery) => {
      if (delivery.content.toString() === '20') throw new Error('fails on it');
      return Promise.resolve(delivery.begin() ? 'done' : 'left');
    };
    reader.start();
    await eventually(async () => ((await bench.ready(next)) === 0 && stuck.length > 0 ? true : undefined));
    await reader.stop(never);
    expect(stuck).toEqual(['20']);
    expect(new Set(texts())).toEqual(new Set(numbers(30)));
    expect(await bench.ready(next)).toBe(0);
  });

  it('stay closed for a consumer that does not open them', async () => {
    await forward(...numbers(100));
    reader = readerOf({});
    reader.start();
    await number(2);
    expect(arrived.some(({ contentType }) => contentType === 'application/vnd.provisor.batch')).toBe(true);
  });

  it('are counted as taken where their queue is watched', async () => {
    await forward(...numbers(100));
    const there = { messages: await bench.ready(next), consumers: 0 };
    watch.seen(next, there);
    now += 60_000;
    watch.seen(next, there);
    reader.start();
    await number(100);
    watch.seen(next, { messages: 1, consumers: 1 });
    expect(watch.report()).toEqual([{ queue: next, messages: 1, consumers: 1, ageMs: 0 }]);
  });
});
