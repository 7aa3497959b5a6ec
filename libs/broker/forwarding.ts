import type { ConfirmChannel } from 'amqplib';
import { batchOf, pack, packedBytes, type Packed } from './batch.ts';
import type { Forwarded } from './delivery.ts';
import { BrokerError } from './errors.ts';

/** More would save little, and a partition changes hands only when the events of its received batches are done. */
const mostMessages = 8;
/** A longer body goes alone. The receiver keeps a batch in memory until its last message is done. */
const mostBytes = 16 * 1024;

interface Waiting {
  readonly message: Forwarded;
  readonly packed: Packed;
  readonly bytes: number;
  readonly sent: PromiseWithResolvers<undefined>;
}

/** The messages for one queue. */
interface Way {
  readonly queue: string;
  waiting: Waiting[];
  /** Sent, and not confirmed. */
  underWay: number;
}

/**
 * Sends messages to queues through one channel, in their order. Messages for a queue that come while earlier ones are
 * not confirmed travel together, as one message with one confirm: for a quorum queue each is an entry in its log.
 */
export class Forwarding {
  readonly #channel: Pick<ConfirmChannel, 'sendToQueue'>;
  readonly #ways = new Map<string, Way>();
  readonly #scheduled = new Set<Way>();

  constructor(channel: Pick<ConfirmChannel, 'sendToQueue'>) {
    this.#channel = channel;
  }

  /** Resolves when the broker has taken charge of the message. */
  forward(message: Forwarded): Promise<undefined> {
    const way = this.#wayTo(message.queue);
    const packed = pack(message);
    const waiting = { message, packed, bytes: packedBytes(packed), sent: Promise.withResolvers<undefined>() };
    way.waiting.push(waiting);
    // All messages of the same read of a socket are here by then.
    if (this.#scheduled.size === 0) setImmediate(() => this.#sendScheduled());
    this.#scheduled.add(way);
    return waiting.sent.promise;
  }

  #wayTo(queue: string): Way {
    let way = this.#ways.get(queue);
    if (!way) this.#ways.set(queue, (way = { queue, waiting: [], underWay: 0 }));
    return way;
  }

  #sendScheduled(): void {
    const ways = [...this.#scheduled];
    this.#scheduled.clear();
    for (const way of ways) this.#sendOn(way);
  }

  /** Sends full batches, and the rest when no earlier message is unconfirmed. */
  #sendOn(way: Way): void {
    for (;;) {
      const count = batchAtFront(way.waiting);
      const isFull = count < way.waiting.length || count === mostMessages;
      if (count === 0 || (way.underWay > 0 && !isFull)) return;
      this.#send(way, way.waiting.splice(0, count));
    }
  }

  #send(way: Way, batch: readonly Waiting[]): void {
    const { queue } = way;
    const onConfirm = (error: unknown): void => {
      way.underWay--;
      for (const { sent } of batch) {
        if (error) sent.reject(refused(queue, error));
        else sent.resolve(undefined);
      }
      this.#sendOn(way);
    };
    const { content, ...properties } = batch.length > 1 ? batchOf(batch.map(({ packed }) => packed)) : alone(batch[0]!);
    way.underWay++;
    try {
      this.#channel.sendToQueue(queue, content, { ...properties, persistent: true, mandatory: true }, onConfirm);
    } catch (error) {
      // The channel is closed, or a message has more headers than a frame has room for, which is its own fault.
      way.underWay--;
      for (const { sent } of batch) sent.reject(error);
    }
  }
}

/** The number of waiting messages that travel with the first one, which counts. */
function batchAtFront(waiting: readonly Waiting[]): number {
  let count = 0;
  let bytes = 0;
  for (const each of waiting) {
    bytes += each.bytes;
    if (count > 0 && bytes > mostBytes) break;
    if (++count === mostMessages) break;
  }
  return count;
}

function alone({ message: { messageId, contentType, headers, content } }: Waiting): Omit<Forwarded, 'queue'> {
  return { messageId, contentType, headers, content };
}

function refused(queue: string, cause: unknown): BrokerError {
  return new BrokerError('refused', `RabbitMQ did not take a message for ${queue}`, { cause });
}
