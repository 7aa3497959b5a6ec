/**
 * A peer: what a team that has NestJS writes first. Its RabbitMQ server, a handler that posts the event, an
 * acknowledgement.
 */
import { ServerRMQ, type RmqContext } from '@nestjs/microservices';
import { Pool } from 'undici';
import { benchEventType } from './bench-event.ts';
import { serve } from './serve.ts';

export interface NestConsumerTask {
  readonly amqpUrl: string;
  readonly queue: string;
  readonly origin: string;
}

/** As the bare loop. */
const prefetchCount = 200;
const connections = 64;

interface AckChannel {
  ack(message: Record<string, unknown>): void;
}

serve(async ({ amqpUrl, queue, origin }: NestConsumerTask) => {
  const pool = new Pool(origin, { connections });
  const queueOptions = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
  const server = new ServerRMQ({ urls: [amqpUrl], queue, noAck: false, prefetchCount, queueOptions });
  const handle = async (event: unknown, context: RmqContext): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const { body } = await pool.request({ path: '/0', method: 'POST', headers, body: JSON.stringify(event) });
    await body.dump();
    (context.getChannelRef() as AckChannel).ack(context.getMessage());
  };
  server.addHandler(benchEventType, handle as Parameters<typeof server.addHandler>[1], true);
  await new Promise<void>((resolve, reject) => {
    void server.listen((error) => (error instanceof Error ? reject(error) : resolve()));
  });
});
