import {
  Consumer,
  type BrokerConnection,
  type Delivery,
  type QueueWatch,
  type Settlement,
  type TopologyWatch,
} from '#broker';
import { partitionExchange, partitionQueue, partitionTopology } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Bodies } from './bodies/bodies.ts';
import { consumerPriority } from './consumer-priority.ts';
import type { FastLane } from './fast-lane.ts';
import { readForwardedEvent } from './forwarded-event.ts';
import type { LossSigns } from './loss-signs.ts';
import { Parcel, type Read } from './parcel.ts';
import type { PartitionCensus } from './partition-census.ts';
import { isProbe, type PartitionProbe } from './partition-probe.ts';
import { readRoutedEvent } from './published-event.ts';
import { settle, stuck } from './settle.ts';

export interface PartitionReaderParts {
  partitions: number;
  lane: FastLane;
  rejected: RejectedMessages;
  bodies: Bodies;
  signs: LossSigns;
  /** The database's clock. */
  now: Now;
  logger: Logger;
}

/** Takes the events of the partitions that this executor reads. */
export class PartitionReader {
  readonly #parts: PartitionReaderParts;

  constructor(parts: PartitionReaderParts) {
    this.#parts = parts;
  }

  /** It is called in the order of delivery. */
  accept(delivery: Delivery, partition: number): Promise<Settlement> {
    const { partitions, lane, rejected, bodies, signs, now, logger } = this.#parts;
    signs.look(delivery);
    const arrivedAt = now();
    const read: Read = (content, id) => {
      return delivery.exchange === partitionExchange
        ? readRoutedEvent(delivery, content, { arrivedAt, id }, { partition, partitions })
        : readForwardedEvent(delivery, content);
    };
    const parcel = Parcel.open(delivery, read, bodies, logger);
    return parcel instanceof Parcel ? lane.take(parcel, delivery) : Promise.resolve(settle(parcel, delivery, rejected));
  }
}

/**
 * Unsettled messages over all partitions. Each has the same share of it on every executor, see {@link
 * ConsumerOptions.prefetch}.
 */
const prefetchOverAll = 1_024;
const smallestPrefetch = 8;

export interface PartitionConsumerParts {
  executorId: string;
  partitions: number;
  rejected: RejectedMessages;
  census: PartitionCensus;
  probe: PartitionProbe;
  queues: QueueWatch;
  watch: TopologyWatch;
  logger: Logger;
}

/** Subscribes to every partition; the broker decides which of them this executor is the one reader of. */
export function createPartitionConsumer(
  connection: BrokerConnection,
  reader: PartitionReader,
  { executorId, partitions, rejected, census, probe, queues, watch, logger }: PartitionConsumerParts,
): Consumer {
  const partitionOf = new Map(
    Array.from({ length: partitions }, (_, partition) => [partitionQueue(partition), partition]),
  );
  return new Consumer(connection, {
    declarations: partitionTopology(partitions),
    subscriptions: [...partitionOf].map(([queue, partition]) => ({
      queue,
      priority: consumerPriority(executorId, partition),
    })),
    prefetch: Math.max(smallestPrefetch, Math.floor(prefetchOverAll / partitions)),
    onDelivery: (delivery) => {
      queues.taken(delivery.queue);
      const partition = partitionOf.get(delivery.queue)!;
      census.seen(partition);
      probe.heard(delivery);
      return isProbe(delivery)
        ? Promise.resolve(settle('probe', delivery, rejected))
        : reader.accept(delivery, partition);
    },
    onStuck: async (delivery, ends) => settle(stuck(delivery, ends), delivery, rejected),
    beforeAgain: () => watch.check(),
    onConsuming: () => logger.info({ partitions }, 'consuming partitions'),
    onFailure: (error) => logger.warn({ err: error }, 'failed to consume partitions; retrying'),
  });
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
