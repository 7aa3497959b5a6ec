import { EventEmitter, on } from 'node:events';
import { BrokerConnection, Consumer, type Declarations, type Delivery } from '#broker';

/** What arrives in queues, for a test to wait for. */
export interface Inbox extends AsyncDisposable {
  next(): Promise<Delivery>;
}

/** Consumes queues; resolves when consuming has begun. */
export async function openInbox(amqpUrl: string, declarations: Declarations): Promise<Inbox> {
  const connection = BrokerConnection.open(amqpUrl, 'test');
  const arrivals = new EventEmitter();
  const messages = on(arrivals, 'message') as AsyncIterableIterator<[Delivery]>;
  const consuming = Promise.withResolvers<undefined>();
  const consumer = new Consumer(connection, {
    declarations,
    subscriptions: declarations.queues.map(({ name }) => ({ queue: name })),
    prefetch: 100,
    onStuck: (_delivery, { last }) => Promise.reject(last),
    onDelivery: (delivery) => {
      arrivals.emit('message', delivery);
      return Promise.resolve('done');
    },
    onConsuming: () => consuming.resolve(undefined),
    onFailure: (error) => consuming.reject(error),
  });
  consumer.start();
  await consuming.promise;
  return {
    next: async () => (await messages.next()).value[0] as Delivery,
    async [Symbol.asyncDispose]() {
      await consumer.stop(AbortSignal.timeout(1_000));
      await connection.close();
    },
  };
}
