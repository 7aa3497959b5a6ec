import {
  Consumer,
  type BrokerConnection,
  type Delivery,
  type QueueWatch,
  type Settlement,
  type TopologyWatch,
} from '#broker';
import { partitionQueue, partitionTopology } from '#contracts';
import type { Logger } from '#observability';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Bodies } from './bodies/bodies.ts';
import { consumerPriority } from './consumer-priority.ts';
import type { FastLane } from './fast-lane.ts';
import { readForwardedEvent } from './forwarded-event.ts';
import type { LossSigns } from './loss-signs.ts';
import { Parcel } from './parcel.ts';
import type { PartitionCensus } from './partition-census.ts';
import { isProbe, type PartitionProbe } from './partition-probe.ts';
import { settle, stuck } from './settle.ts';

export interface PartitionReaderParts {
  lane: FastLane;
  rejected: RejectedMessages;
  bodies: Bodies;
  signs: LossSigns;
  logger: Logger;
}

/** Takes the events of the partitions that this executor reads. */
export class PartitionReader {
  readonly #parts: PartitionReaderParts;

  constructor(parts: PartitionReaderParts) {
    this.#parts = parts;
  }

  /** It is called in the order of delivery. */
  accept(delivery: Delivery): Promise<Settlement> {
    const { lane, rejected, bodies, signs, logger } = this.#parts;
    signs.look(delivery);
    const parcel = Parcel.open(delivery, (content) => readForwardedEvent(delivery, content), bodies, logger);
    // The intake forwards nothing that does not fit; what another program or version put here may not.
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
      census.seen(partitionOf.get(delivery.queue)!);
      probe.heard(delivery);
      return isProbe(delivery) ? Promise.resolve(settle('probe', delivery, rejected)) : reader.accept(delivery);
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
