import { hash } from 'node:crypto';

/** Where billing publishes. */
export const billingExchange = 'billing.events';
/** Takes everything that billing publishes, in its order. */
export const intakeQueue = 'provisor.intake';
/** Where a publisher publishes that chooses the partition itself; the routing key is the partition's number. */
export const partitionExchange = 'provisor.partitions';
/** Carries what the registry says to every executor. */
export const configExchange = 'provisor.config';
/** Carries what Provisor tells of troubles: other systems bind queues of their own, by the notices' types. */
export const noticeExchange = 'provisor.notices';
/** The message header that says which events must not overtake each other. */
export const partitionKeyHeader = 'partition-key';

/** Holds the events of a share of the keys. */
export function partitionQueue(partition: number): string {
  return `provisor.events.${partition}`;
}

interface ExchangeDeclaration {
  readonly name: string;
  readonly type: 'topic' | 'fanout' | 'direct';
}

interface QueueDeclaration {
  readonly name: string;
  readonly arguments: Record<string, string | number | boolean>;
}

interface Binding {
  readonly exchange: string;
  readonly queue: string;
  readonly routingKey: string;
}

/** The durable exchanges, queues and bindings of a broker, as data. */
export interface Topology {
  readonly exchanges: readonly ExchangeDeclaration[];
  readonly queues: readonly QueueDeclaration[];
  readonly bindings: readonly Binding[];
}

/**
 * RabbitMQ 4 drops a message after 20 returns unless told otherwise, 3.x never does. The largest number that both take
 * means "never" on both; a differing argument would make a queue impossible to declare after an upgrade.
 */
const neverDropReturned = 2_000_000_000;

const queueArguments = {
  'x-queue-type': 'quorum',
  'x-single-active-consumer': true,
  'x-delivery-limit': neverDropReturned,
};

/** What has to be there for billing to publish: nothing is lost even if no executor was ever started. */
export const intakeTopology: Topology = {
  exchanges: [{ name: billingExchange, type: 'topic' }],
  queues: [{ name: intakeQueue, arguments: queueArguments }],
  bindings: [{ exchange: billingExchange, queue: intakeQueue, routingKey: '#' }],
};

/** The queues between the intake and the executors, and the exchange that leads to them past the intake. */
export function partitionTopology(partitions: number): Topology {
  const numbers = Array.from({ length: partitions }, (_, partition) => partition);
  return {
    exchanges: [{ name: partitionExchange, type: 'direct' }],
    queues: numbers.map((partition) => ({ name: partitionQueue(partition), arguments: queueArguments })),
    bindings: numbers.map((partition) => {
      return { exchange: partitionExchange, queue: partitionQueue(partition), routingKey: String(partition) };
    }),
  };
}

/** The exchange of notices. No queue is bound to it unless another system wants to hear. */
export const noticeTopology: Topology = {
  exchanges: [{ name: noticeExchange, type: 'topic' }],
  queues: [],
  bindings: [],
};

/** What other systems rely on: where they publish, and where they bind queues of their own. */
export const publicTopology: Topology = {
  ...intakeTopology,
  exchanges: [...intakeTopology.exchanges, ...noticeTopology.exchanges],
};

/**
 * The partition of a key. It is not left to an exchange: RabbitMQ's consistent-hash exchange reassigns its queues when
 * the broker restarts, and newer events of a key would overtake older ones in another queue.
 *
 * Publishers may compute it as well: the first 32 bits of the SHA-1 of the key in UTF-8, as a big-endian number, modulo
 * the number of partitions.
 */
export function partitionOf(key: string, partitions: number): number {
  // As text, since a Buffer takes twice as long to make as the hash does.
  return Number.parseInt(hash('sha1', key).slice(0, 8), 16) % partitions;
}
