import type { Channel } from 'amqplib';
import { BrokerError } from './errors.ts';

type Arguments = Readonly<Record<string, string | number | boolean>>;

/** What a service wants to find in the broker. Everything is durable. */
export interface Declarations {
  readonly exchanges: readonly { name: string; type: string }[];
  readonly queues: readonly { name: string; arguments: Arguments }[];
  readonly bindings: readonly { exchange: string; queue: string; routingKey: string }[];
}

/**
 * Makes what is not there yet. The channel is of no more use when this fails.
 *
 * @throws {BrokerError} `topology`, saying what stands in the way and what to do; `disconnected` when the channel was
 * lost.
 */
export async function declare(channel: Channel, declarations: Declarations): Promise<void> {
  try {
    for (const { name, type } of declarations.exchanges) await channel.assertExchange(name, type, { durable: true });
    for (const { name, arguments: args } of declarations.queues) {
      await channel.assertQueue(name, { durable: true, arguments: args });
    }
    for (const { exchange, queue, routingKey } of declarations.bindings) {
      await channel.bindQueue(queue, exchange, routingKey);
    }
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    // A refusal has the broker's code. Anything else is a channel that was lost.
    if (typeof code !== 'number')
      throw new BrokerError('disconnected', `the channel was lost: ${message}`, { cause: error });
    const hint = 'it may exist with other properties: delete it, or use another virtual host';
    throw new BrokerError('topology', `RabbitMQ refused a declaration: ${message} (${hint})`, { cause: error });
  }
}

/**
 * Where a {@link Messenger} sends to and a {@link Listener} listens. A message to a queue waits for one listener. A
 * message to a fanout exchange goes to all that listen at that moment.
 */
export type Destination = { readonly queue: string } | { readonly fanout: string };

/** What has to exist. A queue is a plain classic one: RabbitMQ refuses a second declaration that differs. */
export function declarationsOf(destination: Destination): Declarations {
  const nothing: Declarations = { exchanges: [], queues: [], bindings: [] };
  if ('queue' in destination) return { ...nothing, queues: [{ name: destination.queue, arguments: {} }] };
  return { ...nothing, exchanges: [{ name: destination.fanout, type: 'fanout' }] };
}
