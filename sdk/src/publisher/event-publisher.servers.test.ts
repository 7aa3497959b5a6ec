import { connect, type Channel, type ChannelModel } from 'amqplib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { billingExchange, partitionExchange } from '#contracts';
import { forceClose, whereManaged } from '../../../test/support/management.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { createSandbox, type Sandbox } from '../../../tools/test/sandbox.ts';
import { EventPublisher } from './event-publisher.ts';
import type { PublishError } from './publish-error.ts';

/** Takes what is published in Provisor's place, so that a test can look at it. */
const queue = 'sdk-test';

describe('a publisher', () => {
  let sandbox: Sandbox;
  let connection: ChannelModel;
  let channel: Channel;
  let publisher: EventPublisher;

  beforeAll(async () => {
    sandbox = await createSandbox();
    connection = await connect(sandbox.amqpUrl);
    channel = await connection.createChannel();
    await channel.assertExchange(billingExchange, 'topic', { durable: true });
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  });
  afterAll(async () => {
    await connection.close();
    await sandbox.dispose();
  });
  beforeEach(async () => {
    await channel.bindQueue(queue, billingExchange, '#');
    await channel.purgeQueue(queue);
    publisher = await EventPublisher.connect({ url: sandbox.amqpUrl, name: 'sdk-test', patienceMs: 20_000 });
  });
  afterEach(() => publisher.close());

  const client = (id: string, n = 12) => ({ type: 'clients.update' as const, id, data: { id: n } });

  /** What has arrived, in its order. */
  async function arrived(count: number): Promise<{ id: string; key: unknown; persistent: boolean }[]> {
    const got: { id: string; key: unknown; persistent: boolean }[] = [];
    await eventually(async () => {
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (!message) break;
        const { headers, messageId, deliveryMode } = message.properties;
        got.push({ id: messageId as string, key: headers?.['partition-key'], persistent: deliveryMode === 2 });
      }
      return got.length >= count ? true : undefined;
    });
    return got;
  }

  it('resolves when the broker has the event, with the key of its client', async () => {
    const { id } = await publisher.publish({ type: 'clients.accounts.create', data: { id: 301, clients_id: 7 } });
    expect(await arrived(1)).toEqual([{ id, key: '7', persistent: true }]);
  });

  it('publishes to the partition of the key when it knows how many there are', async () => {
    await channel.assertExchange(partitionExchange, 'direct', { durable: true });
    await channel.bindQueue(queue, partitionExchange, '11');
    await using routing = await EventPublisher.connect({ url: sandbox.amqpUrl, partitions: 16 });
    const { id } = await routing.publish(client('routed', 12));
    expect(await arrived(1)).toEqual([{ id, key: '12', persistent: true }]);
  });

  it.each([0, 1.5, -1, NaN])('refuses %d for the number of partitions', async (partitions) => {
    await expect(EventPublisher.connect({ url: sandbox.amqpUrl, partitions })).rejects.toThrow(/whole number from 1/);
  });

  it('keeps the order of each client in a batch', async () => {
    const events = Array.from({ length: 60 }, (_, n) => client(`b-${String(n)}`, n % 3));
    const results = await publisher.publishAll(events);
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    const got = await arrived(60);
    for (const key of ['0', '1', '2']) {
      const ids = got.filter((each) => each.key === key).map(({ id }) => id);
      expect(ids).toEqual(events.filter(({ data }) => String(data.id) === key).map(({ id }) => id));
    }
  });

  whereManaged(it)('goes on after its connection was lost, in order and without a loss', async () => {
    const lost = Promise.withResolvers<Error>();
    const url = sandbox.amqpUrl;
    const unlucky = await EventPublisher.connect({ url, name: 'sdk-unlucky', onLost: lost.resolve });
    const ids: string[] = [];
    const rest = new AbortController();
    const load = (async () => {
      for (let n = 0; !rest.signal.aborted; n += 3) {
        const batch = [n, n + 1, n + 2].map((each) => client(`r-${String(each)}`));
        ids.push(...batch.map(({ id }) => id));
        const results = await unlucky.publishAll(batch);
        expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
      }
    })();
    await forceClose(sandbox.managementUrl!, 'sdk-unlucky');
    await lost.promise;
    rest.abort();
    await load;
    await unlucky.close();
    const { messageCount } = await channel.checkQueue(queue);
    const got = (await arrived(messageCount)).map(({ id }) => id);
    // What was in flight comes again, and is known by its id.
    expect([...new Set(got)]).toEqual(ids);
  });

  it('tells of an event that no queue takes, and sends none behind it', async () => {
    await channel.unbindQueue(queue, billingExchange, '#');
    const [lost, behind, other] = await publisher.publishAll([client('lost'), client('behind'), client('other', 13)]);
    const codeOf = (result: PromiseSettledResult<unknown> | undefined): string =>
      ((result as PromiseRejectedResult).reason as PublishError).code;
    expect([lost, behind, other].map(codeOf)).toEqual(['unroutable', 'behind_failed', 'unroutable']);
    await channel.bindQueue(queue, billingExchange, '#');
    await publisher.publishAll([client('lost'), client('behind')]);
    expect((await arrived(2)).map(({ id }) => id)).toEqual(['lost', 'behind']);
  });

  it('gives up when its patience ends, and says that it may have arrived', async () => {
    const hasty = await EventPublisher.connect({ url: sandbox.amqpUrl, patienceMs: 300 });
    await channel.deleteExchange(billingExchange);
    await expect(hasty.publish(client('late'))).rejects.toMatchObject({ code: 'timeout', eventId: 'late' });
    await channel.assertExchange(billingExchange, 'topic', { durable: true });
    await hasty.close();
  });

  it('waits for what is under way when it is closed, and takes no more', async () => {
    const published = publisher.publish(client('under way'));
    await publisher.close();
    await expect(published).resolves.toEqual({ id: 'under way' });
    await expect(publisher.publish(client('too late'))).rejects.toMatchObject({ code: 'closed' });
  });

  it('that cannot reach a broker says so', async () => {
    await expect(EventPublisher.connect({ url: 'amqp://127.0.0.1:1' })).rejects.toThrow('ECONNREFUSED');
  });
});
