import { Consumer, type BrokerConnection } from '#broker';
import { partitionQueue, partitionTopology } from '#contracts';
import type { Logger } from '#observability';
import { consumerPriority } from './consumer-priority.ts';
import type { PartitionCensus } from './partition-census.ts';
import { isProbe, type PartitionProbe } from './partition-probe.ts';
import type { PartitionReader } from './partition-reader.ts';

/** Unsettled messages over all partitions. Each has the same share of it on every executor, see {@link ConsumerOptions.prefetch}. */
const prefetchOverAll = 1_024;
const smallestPrefetch = 8;

/** Subscribes to every partition; the broker decides which of them this executor is the one reader of. */
export function createPartitionConsumer(
  connection: BrokerConnection,
  executorId: string,
  partitions: number,
  reader: PartitionReader,
  census: PartitionCensus,
  probe: PartitionProbe,
  logger: Logger,
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
      census.seen(partitionOf.get(delivery.queue)!);
      probe.heard(delivery);
      return isProbe(delivery) ? Promise.resolve('done') : reader.accept(delivery);
    },
    onConsuming: () => logger.info({ partitions }, 'ready to read partitions'),
    onFailure: (error) => logger.warn({ err: error }, 'not reading partitions; trying again'),
  });
}

/** Since this version of RabbitMQ a subscriber of higher priority takes a queue over from one of lower priority. */
const rebalancingMajor = 4;

/** Tells the operator of an older broker what to expect of a further executor. */
export function warnIfPartitionsStay(version: string, logger: Logger): void {
  if (Number.parseInt(version, 10) >= rebalancingMajor) return;
  const message = `RabbitMQ ${version} leaves partitions where they are: an executor gets some only when another one leaves`;
  logger.warn({ version }, `${message}; from version ${rebalancingMajor} on they are shared out when one joins`);
}
