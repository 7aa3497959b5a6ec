import { Inject, Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import { BrokerConnection, QueueWatch, TopologyWatch, type Repair } from '#broker';
import { publicTopology } from '#contracts';
import { observeQueues, TopologyMetrics, type Logger } from '#observability';
import { LOGGER } from './tokens.ts';

/** Sees to it that billing can publish for as long as the application runs, also when no executor does. */
@Injectable()
export class TopologyLink {
  readonly #watch: TopologyWatch;
  readonly #metrics: TopologyMetrics;
  readonly #logger: Logger;

  constructor(connection: BrokerConnection, metrics: Registry, @Inject(LOGGER) logger: Logger) {
    this.#logger = logger;
    this.#metrics = new TopologyMetrics(metrics, () => this.#watch.isSound);
    const queues = new QueueWatch(false);
    observeQueues(metrics, () => queues.report());
    this.#watch = new TopologyWatch({
      connection,
      declarations: publicTopology,
      onRepair: (repair) => this.repaired(repair),
      onQueue: (queue, state) => queues.seen(queue, state),
      onFault: (fault) => {
        if (fault) logger.error({ err: fault }, 'failed to declare the RabbitMQ topology; retrying');
        else logger.info('RabbitMQ topology is complete again');
      },
    });
  }

  /** @throws {BrokerError} `topology` if there is a conflict that cannot be repaired. */
  assertSound(): void {
    this.#watch.assertSound();
  }

  /** To be called when something was missing and is there again. */
  repaired(repair: Repair): void {
    this.#metrics.repaired(repair.kind);
    this.#logger.error(repair, 'restored missing RabbitMQ topology; messages published meanwhile may be lost');
  }

  start(): void {
    this.#watch.start();
  }

  stop(): Promise<void> {
    return this.#watch.stop();
  }
}
