import type { Delivery } from '#broker';
import type { Logger } from '#observability';

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
