/** The billing system: publishes the events of a stream, confirmed, as fast as it can or at a rate. */
import { connect } from 'amqplib';
import { billingExchange } from '#contracts';
import { bodyOf, now, partitionKeyOf, typeOf, type Stream } from './bench-event.ts';
import { messageIn, type Dialect } from './peer-message.ts';
import { serve } from './serve.ts';

export interface LoadTask {
  readonly amqpUrl: string;
  /** A queue that gets all of it; without one it goes to the exchange, by type, as billing publishes. */
  readonly queue?: string;
  /** As billing publishes, without it. */
  readonly dialect?: Dialect;
  readonly stream: Stream;
  /** Events a second; without it as fast as the broker confirms. */
  readonly rate?: number;
}

/** Unconfirmed at most, when there is no rate. */
const window = 1_000;
/** An event that is due is published at the next of these, milliseconds; its time is the one at which it was due. */
const tick = 1;

serve(async ({ amqpUrl, queue, dialect = 'billing', stream, rate }: LoadTask) => {
  const connection = await connect(amqpUrl);
  const channel = await connection.createConfirmChannel();
  const publish = (index: number, at: number): void => {
    const key = index % stream.keys;
    const type = typeOf(stream, key);
    const body = bodyOf({ run: stream.run, key, sequence: Math.floor(index / stream.keys), at }, type, stream.bytes);
    const { content, options } = messageIn[dialect](body, type);
    const headers = { ...options.headers, 'partition-key': partitionKeyOf(stream, key) } as Record<string, unknown>;
    const persistent = { ...options, persistent: true, headers };
    if (queue === undefined) channel.publish(billingExchange, type, content, persistent);
    else channel.sendToQueue(queue, content, persistent);
  };
  if (rate === undefined) {
    for (let index = 0; index < stream.events; index++) {
      publish(index, now());
      if (index % window === window - 1) await channel.waitForConfirms();
    }
  } else {
    await atRate(stream.events, rate, publish);
  }
  await channel.waitForConfirms();
  await connection.close();
});

/** Open loop: an event is due at its time, however long those before it take. */
async function atRate(events: number, rate: number, publish: (index: number, at: number) => void): Promise<void> {
  const start = now() + 100;
  for (let index = 0; index < events;) {
    const dueAt = start + (index * 1_000) / rate;
    if (dueAt <= now()) publish(index++, dueAt);
    else await new Promise((resolve) => setTimeout(resolve, tick));
  }
}
