import type { Declarations } from './declare.ts';

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
