import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { eventually } from '../../test/support/eventually.ts';
import { privateBrokerIsPossible, startPrivateBroker, type PrivateBroker } from '../../test/support/private-broker.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { BrokerConnection } from './connection.ts';
import { Consumer } from './consumer.ts';
import type { Delivery } from './delivery.ts';

/** Debian's Python has Debian's packages, which another one on the path has not. */
const python = ['python3', '/usr/bin/python3'].find(
  (program) => !execaSync(program, ['-c', 'import proton'], { reject: false, stdio: 'ignore' }).failed,
);

const repairProgram = fileURLToPath(new URL('../../examples/operations/repair_queue.py', import.meta.url));

const opening = `
import sys
from proton import Message
from proton.utils import BlockingConnection
url, address = sys.argv[1:]
connection = BlockingConnection(url, allowed_mechs="PLAIN")
sender = connection.create_sender(address)`;

const program = `${opening}
body = '{"é": 1}'
properties = {"partition-key": "12", "big": 9007199254740993, "n": 7, "flag": True, "é": "ü"}
section = Message(id="section", properties=properties, body=body.encode(), content_type="application/json", durable=True)
section.inferred = True
sender.send(section)
sender.send(Message(id="text", properties=properties, body=body))
sender.send(Message(id="bytes", properties=properties, body=body.encode()))
sender.send(Message(id="map", properties=properties, body={"x": 1}))
connection.close()`;

onlyWhere(
  describe,
  python !== undefined && privateBrokerIsPossible,
  'python3-qpid-proton and rabbitmq-server',
)('a message that a client of AMQP 1.0 has sent', () => {
  let broker: PrivateBroker;
  let connection: BrokerConnection;
  let consumer: Consumer;
  const deliveries: Delivery[] = [];

  /** Resolves when it consumes the first of the queues. */
  async function consume(
    queues: [string, ...string[]],
    onDelivery: (delivery: Delivery) => unknown,
    onFailure?: (error: Error) => void,
  ): Promise<Consumer> {
    const consuming = Promise.withResolvers<undefined>();
    const quorum = queues.map((name) => ({ name, arguments: { 'x-queue-type': 'quorum' } }));
    const made = new Consumer(connection, {
      declarations: { exchanges: [], queues: quorum, bindings: [] },
      subscriptions: [{ queue: queues[0] }],
      prefetch: 10,
      onDelivery: (delivery) => {
        onDelivery(delivery);
        return Promise.resolve('done');
      },
      onStuck: () => Promise.resolve('left'),
      onConsuming: () => consuming.resolve(undefined),
      onFailure: onFailure ?? ((error) => consuming.reject(error)),
    });
    made.start();
    await consuming.promise;
    return made;
  }

  beforeAll(async () => {
    broker = await startPrivateBroker(() => [], ['rabbitmq_amqp1_0']);
    connection = BrokerConnection.open(broker.url, 'test');
    await once(connection, 'connected');
    const queue = 'of-amqp-1-0';
    consumer = await consume([queue], (delivery) => deliveries.push(delivery));
    await execa(python!, ['-c', program, withoutPath(broker.url), `/amq/queue/${queue}`]);
    await eventually(() => Promise.resolve(deliveries.length === 4 ? true : undefined));
  });

  afterAll(async () => {
    await consumer.stop(AbortSignal.abort());
    await connection.close();
    await broker.stop();
  });

  const received = (id: string): Delivery => deliveries.find(({ messageId }) => messageId === id)!;

  it.each(['section', 'text', 'bytes'])('as a %s is delivered with its body and its application properties', (id) => {
    const { content, size, headers, faults } = received(id);
    expect(content.toString()).toBe('{"é": 1}');
    expect(size).toBe(content.length);
    expect(headers).toMatchObject({ 'partition-key': '12', big: 9007199254740993n, n: 7, flag: true, é: 'ü' });
    expect(faults).toEqual([]);
  });

  it('as a map has a fault, since its body cannot be told', () => {
    expect(received('map').faults).toEqual([
      { field: 'body', message: 'must be a data section of AMQP 1.0: it is neither text nor bytes' },
    ]);
  });

  it('with a number as its id keeps RabbitMQ 3.10 from delivering, until the messages were moved away and back', async () => {
    const queues: [string, string] = ['stuck', 'aside'];
    const failures: string[] = [];
    // The first one may be acknowledged before RabbitMQ fails, or come again.
    const ids = new Set<string | undefined>();
    const onDelivery = ({ messageId }: Delivery) => ids.add(messageId);
    const stuck = await consume(queues, onDelivery, ({ message }) => failures.push(message));
    const sends = ['"one"', '2', '"three"'].map((id) => `sender.send(Message(id=${id}, body="{}", durable=True))`);
    await execa(python!, ['-c', [opening, ...sends].join('\n'), withoutPath(broker.url), '/amq/queue/stuck']);
    await eventually(() => failures.some((message) => message.includes('it cannot deliver a message')) || undefined);
    await stuck.stop(AbortSignal.abort());
    for (const way of [queues, queues.toReversed()]) {
      await execa(python!, [repairProgram, withoutPath(broker.url), ...way]);
    }
    const repaired = await consume(queues, onDelivery);
    await eventually(() => ids.size === 3 || undefined);
    await repaired.stop(AbortSignal.abort());
    expect([...ids]).toEqual(['one', '2', 'three']);
  }, 120_000);
});

function withoutPath(brokerUrl: string): string {
  const { protocol, username, password, hostname, port } = new URL(brokerUrl);
  return `${protocol}//${username}:${password}@${hostname}:${port}`;
}
