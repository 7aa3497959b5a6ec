import { createHash } from 'node:crypto';
import { Consumer, type BrokerConnection, type Delivery, type QueueWatch, type TopologyWatch } from '#broker';
import { intakeQueue, partitionQueue, partitionTopology, publicTopology } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Intake, PartitionReader } from './intake.ts';
import { isProbe, type PartitionProbe } from './partition-probe.ts';
import { settle, stuck } from './settle.ts';

/**
 * Events at a time: of the intake, and of the partitions together, each of which has the same share of it on every
 * executor, see {@link ConsumerOptions.prefetch}.
 */
const prefetch = 1_024;
const smallestShare = 8;
/** Events that each consumer works on at a time while the executor is busy. */
const leastHeld = 256;

export interface ConsumersParts {
  executorId: string;
  partitions: number;
  rejected: RejectedMessages;
  signs: LossSigns;
  queues: QueueWatch;
  watch: TopologyWatch;
  logger: Logger;
}

/** Subscribes to the intake. One executor at a time is its reader; when that one is gone, the next takes over. */
export function createIntakeConsumer(
  connection: BrokerConnection,
  intake: Intake,
  { partitions, rejected, signs, queues, watch, logger }: ConsumersParts,
): Consumer {
  const [entry, ways] = [publicTopology, partitionTopology(partitions)];
  return new Consumer(connection, {
    declarations: { ...entry, queues: [...entry.queues, ...ways.queues] },
    subscriptions: [{ queue: intakeQueue }],
    prefetch,
    leastHeld,
    queues,
    onDelivery: (delivery) => {
      signs.look(delivery);
      return intake.accept(delivery);
    },
    onStuck: async (delivery, ends) => settle(stuck(delivery, ends), delivery, rejected),
    beforeAgain: () => watch.check(),
    onConsuming: () => logger.info('consuming the intake queue'),
    onFailure: (error) => logger.warn({ err: error }, 'failed to consume the intake queue; retrying'),
  });
}

/** Subscribes to every partition; the broker decides which of them this executor is the one reader of. */
export function createPartitionConsumer(
  connection: BrokerConnection,
  { reader, census, probe }: { reader: PartitionReader; census: PartitionCensus; probe: PartitionProbe },
  { executorId, partitions, rejected, signs, queues, watch, logger }: ConsumersParts,
): Consumer {
  const partitionOf = new Map(
    Array.from({ length: partitions }, (_, partition) => [partitionQueue(partition), partition]),
  );
  const shareOf = (all: number): number => Math.max(smallestShare, Math.floor(all / partitions));
  return new Consumer(connection, {
    declarations: partitionTopology(partitions),
    subscriptions: [...partitionOf].map(([queue, partition]) => ({
      queue,
      priority: consumerPriority(executorId, partition),
    })),
    // A message may be a batch of several events.
    prefetch: shareOf(prefetch / 2),
    mostHeld: shareOf(prefetch),
    leastHeld,
    opensBatches: true,
    queues,
    onDelivery: (delivery) => {
      const partition = partitionOf.get(delivery.queue)!;
      census.seen(partition);
      probe.heard(delivery);
      if (isProbe(delivery)) return Promise.resolve(settle('probe', delivery, rejected));
      signs.look(delivery);
      return reader.accept(delivery, partition);
    },
    onStuck: async (delivery, ends) => settle(stuck(delivery, ends), delivery, rejected),
    beforeAgain: () => watch.check(),
    onConsuming: () => logger.info({ partitions }, 'consuming partitions'),
    onFailure: (error) => logger.warn({ err: error }, 'failed to consume partitions; retrying'),
  });
}

/** RabbitMQ takes any 32-bit priority; this many are enough for two executors never to agree by chance. */
const priorities = 1_000_000_000;

/**
 * How much an executor wants a partition: every executor subscribes to every partition, and the broker gives each to
 * the one that wants it most (rendezvous hashing). When one joins or leaves, only its share moves.
 */
export function consumerPriority(executorId: string, partition: number): number {
  const hash = createHash('sha256').update(`${executorId}\n${partition}`).digest();
  return hash.readUInt32BE(0) % priorities;
}

/** Since this version of RabbitMQ a subscriber of higher priority takes a queue over from one of lower priority. */
const rebalancingMajor = 4;

/** Tells the operator of an older broker what to expect of a further executor. */
export function warnIfPartitionsStay(version: string, logger: Logger): void {
  if (Number.parseInt(version, 10) >= rebalancingMajor) return;
  logger.warn(
    { version },
    'RabbitMQ before 4.0 does not rebalance partitions: a new executor gets some only when another one stops',
  );
}

/**
 * Which partitions this executor reads, as far as it can know: the broker does not tell a subscriber that it has become
 * the active one, but what it delivers does.
 */
export class PartitionCensus {
  readonly #lastSeen = new Map<number, number>();
  readonly #now: Now;

  /** @param now The database's clock: executors compare what they have seen. */
  constructor(now: Now) {
    this.#now = now;
  }

  /** To be called with every message of a partition. */
  seen(partition: number): void {
    this.#lastSeen.set(partition, this.#now());
  }

  /** For each partition that sent something, when it last did, as ISO 8601. */
  report(): Record<string, string> {
    return Object.fromEntries(
      [...this.#lastSeen].map(([partition, time]) => [partition, new Date(time).toISOString()]),
    );
  }
}

/** More redeliveries of one message than restarts explain. */
const manyReturns = 10;
const toldAgainMs = 60_000;

/**
 * Tells of messages by which it shows that RabbitMQ drops others, or is about to: what was dropped is never seen.
 * Policies of the broker that drop messages do not show in any message.
 */
export class LossSigns {
  readonly #logger: Logger;
  readonly #onExpiring: () => void;
  readonly #toldAt = new Map<string, number>();

  /** @param onExpiring Told of each message that would have been dropped if it had waited for longer. */
  constructor(logger: Logger, onExpiring: () => void) {
    this.#logger = logger;
    this.#onExpiring = onExpiring;
  }

  /** To be called with each message of the intake and of the partitions. */
  look({ properties, headers, redelivered, queue, messageId }: Delivery): void {
    if (properties.expiration !== undefined) {
      this.#onExpiring();
      const expiration = String(properties.expiration);
      this.#tell('message has an expiration; RabbitMQ drops messages that wait longer', {
        queue,
        messageId,
        expiration,
      });
    }
    const returns = redelivered ? headers['x-delivery-count'] : undefined;
    if (typeof returns === 'number' && returns >= manyReturns) {
      this.#tell('message redelivered many times; a policy with a delivery-limit would drop it', {
        queue,
        messageId,
        returns,
      });
    }
  }

  #tell(message: string, fields: object): void {
    const now = performance.now();
    if (now - (this.#toldAt.get(message) ?? -Infinity) < toldAgainMs) return;
    this.#toldAt.set(message, now);
    this.#logger.warn(fields, message);
  }
}
