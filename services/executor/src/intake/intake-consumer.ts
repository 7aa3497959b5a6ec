import { Consumer, type BrokerConnection } from '#broker';
import { intakeQueue, intakeTopology, partitionTopology } from '#contracts';
import type { Logger } from '#observability';
import type { Intake } from './intake.ts';

/** Unsettled messages at a time. The same for every executor, see {@link ConsumerOptions.prefetch}. */
const prefetch = 1_024;

/** Subscribes to the intake. One executor at a time is its reader; when that one is gone, the next takes over. */
export function createIntakeConsumer(
  connection: BrokerConnection,
  partitions: number,
  intake: Intake,
  logger: Logger,
): Consumer {
  const [entry, ways] = [intakeTopology, partitionTopology(partitions)];
  return new Consumer(connection, {
    declarations: { ...entry, queues: [...entry.queues, ...ways.queues] },
    subscriptions: [{ queue: intakeQueue }],
    prefetch,
    onDelivery: (delivery) => intake.accept(delivery),
    onConsuming: () => logger.info('ready to take in billing events'),
    onFailure: (error) => logger.warn({ err: error }, 'not taking in events; trying again'),
  });
}
