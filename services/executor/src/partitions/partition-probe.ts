import { v7 as uuidv7 } from 'uuid';
import type { Delivery, Publisher } from '#broker';
import { partitionQueue } from '#contracts';
import type { Logger } from '#observability';

const probeHeader = 'provisor-probe';

/** True for a message that only asks who reads the partition. */
export function isProbe({ headers }: Delivery): boolean {
  return probeHeader in headers;
}

/**
 * Asks each partition who reads it, when that may have changed: the broker does not tell a subscriber that it has become
 * the active one, but a message that it gets does. Whoever gets the probe notes the partition as its own.
 */
export class PartitionProbe {
  readonly #publisher: Publisher;
  readonly #partitions: number;
  readonly #logger: Logger;

  constructor(publisher: Publisher, partitions: number, logger: Logger) {
    this.#publisher = publisher;
    this.#partitions = partitions;
    this.#logger = logger;
  }

  /** Sends the probes; a failure costs no more than an older answer to who reads what. */
  send(): void {
    const numbers = Array.from({ length: this.#partitions }, (_, partition) => partition);
    Promise.all(numbers.map((partition) => this.#probe(partition))).catch((error: unknown) => {
      this.#logger.debug({ err: error }, 'the partitions could not be probed');
    });
  }

  #probe(partition: number): Promise<void> {
    return this.#publisher.publish({
      exchange: '',
      routingKey: partitionQueue(partition),
      content: Buffer.from('{}'),
      contentType: 'application/json',
      messageId: uuidv7(),
      headers: { [probeHeader]: 'who reads this partition?' },
    });
  }
}
