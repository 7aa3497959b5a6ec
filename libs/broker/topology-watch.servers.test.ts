import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConfirmChannel } from 'amqplib';
import { eventually } from '../../test/support/eventually.ts';
import { declare, type Declarations } from './declare.ts';
import type { BrokerError } from './errors.ts';
import { BrokerBench } from './testing/broker-bench.ts';
import { TopologyWatch, type Repair } from './topology-watch.ts';

describe('a watch over what has to be in the broker', () => {
  let bench: BrokerBench;
  let other: ConfirmChannel;
  let watch: TopologyWatch;
  let wanted: Declarations & { exchange: string; queue: string };
  let repairs: Repair[];
  let faults: (BrokerError | undefined)[];

  beforeAll(async () => {
    bench = await BrokerBench.open();
  });

  afterAll(() => bench.close());

  beforeEach(async () => {
    const [exchange, queue] = [`exchange-${randomUUID()}`, `queue-${randomUUID()}`];
    wanted = {
      exchange,
      queue,
      exchanges: [{ name: exchange, type: 'topic' }],
      queues: [
        { name: queue, arguments: { 'x-queue-type': 'quorum' } },
        { name: `${queue}-2`, arguments: { 'x-queue-type': 'quorum' } },
      ],
      bindings: [{ exchange, queue, routingKey: '#' }],
    };
    repairs = [];
    faults = [];
    const connection = await bench.connect('watch');
    other = await connection.createConfirmChannel();
    await declare(other, wanted);
    watch = new TopologyWatch({
      connection: await bench.connect('watched'),
      declarations: wanted,
      onRepair: (repair) => repairs.push(repair),
      onFault: (fault) => faults.push(fault),
      intervalMs: 20,
    });
  });

  afterEach(() => watch.stop());

  /** How many messages arrive of one that is published. */
  async function arrive(): Promise<number> {
    other.publish(wanted.exchange, 'clients.create', Buffer.from('x'));
    await other.waitForConfirms();
    return bench.ready(wanted.queue);
  }

  it('finds nothing where all is there', async () => {
    await watch.check();
    await watch.check();
    expect({ repairs, faults, isSound: watch.isSound }).toEqual({ repairs: [], faults: [], isSound: true });
  });

  it('declares an exchange again that was deleted, with its bindings', async () => {
    await other.deleteExchange(wanted.exchange);
    watch.start();
    await eventually(() => (repairs.length > 0 ? true : undefined));
    expect(repairs).toEqual([{ kind: 'exchange', name: wanted.exchange }]);
    expect(await arrive()).toBe(1);
  });

  it('binds again when somebody else was faster to declare the exchange', async () => {
    await other.deleteExchange(wanted.exchange);
    await other.assertExchange(wanted.exchange, 'topic', { durable: true });
    await watch.check();
    expect(await arrive()).toBe(1);
  });

  it('binds a queue again that was unbound', async () => {
    await other.unbindQueue(wanted.queue, wanted.exchange, '#');
    await watch.check();
    expect(await arrive()).toBe(1);
  });

  it('declares queues again that were deleted, all of them at once', async () => {
    for (const { name } of wanted.queues) await bench.deleteQueue(name);
    await watch.check();
    expect(repairs).toEqual(wanted.queues.map(({ name }) => ({ kind: 'queue', name })));
    expect(await arrive()).toBe(1);
  });

  it.each([
    ['an exchange of another type', () => other.assertExchange(wanted.exchange, 'fanout', { durable: true })],
    ['an exchange that a restart removes', () => other.assertExchange(wanted.exchange, 'topic', { durable: false })],
  ])('tells of %s, once, and when it is gone', async (_name, put) => {
    await other.deleteExchange(wanted.exchange);
    await put();
    await watch.check();
    await watch.check();
    expect(watch.isSound).toBe(false);
    expect(() => watch.assertSound()).toThrow(/PRECONDITION_FAILED/);
    await other.deleteExchange(wanted.exchange);
    await watch.check();
    watch.assertSound();
    expect(faults).toEqual([expect.objectContaining({ code: 'topology' }), undefined]);
    expect(await arrive()).toBe(1);
  });

  it('tells of a queue of another type', async () => {
    await bench.deleteQueue(wanted.queue);
    await other.assertQueue(wanted.queue, { durable: true });
    await watch.check();
    expect(() => watch.assertSound()).toThrow(new RegExp(`PRECONDITION_FAILED.*${wanted.queue}`));
  });

  it('says nothing while there is no connection', async () => {
    const connection = await bench.connect('lost');
    const lonely = new TopologyWatch({
      connection,
      declarations: wanted,
      onRepair: (repair) => repairs.push(repair),
      onFault: (fault) => faults.push(fault),
    });
    await connection.close();
    await lonely.check();
    await lonely.stop();
    expect({ repairs, faults }).toEqual({ repairs: [], faults: [] });
  });
});
