/**
 * The reference: the least that can be done. Consumes one quorum queue, posts each body to its targets, one after
 * another, and acknowledges; no order, no journal, no catalog.
 */
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { Pool } from 'undici';
import { serve } from './serve.ts';

export type BareLoopTask =
  | { readonly do: 'declare'; readonly amqpUrl: string; readonly queue: string }
  | { readonly do: 'consume'; readonly queue: string; readonly origin: string; readonly handlers: number };

const prefetch = 200;
const connections = 64;

let connection: ChannelModel | undefined;
let channel: Channel | undefined;

serve(async (task: BareLoopTask) => {
  if (task.do === 'declare') {
    connection = await connect(task.amqpUrl);
    channel = await connection.createChannel();
    await channel.assertQueue(task.queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.purgeQueue(task.queue);
    await channel.prefetch(prefetch);
    return;
  }
  const consuming = channel!;
  const pool = new Pool(task.origin, { connections });
  const paths = Array.from({ length: task.handlers }, (_, handler) => `/${handler}`);
  const headers = { 'content-type': 'application/json' };
  const handle = async (content: Buffer): Promise<void> => {
    for (const path of paths) {
      const { body } = await pool.request({ path, method: 'POST', headers, body: content });
      await body.dump();
    }
  };
  await consuming.consume(task.queue, (message) => {
    if (!message) throw new Error('the queue has gone');
    // A call that fails is a fault of the bench: it ends the process, and with it the run.
    void handle(message.content).then(() => consuming.ack(message));
  });
});
