import { v7 as uuidv7 } from 'uuid';
import { EventRejected } from '#contracts';
import { untilAnswered, type Pool } from '#database';
import type { Delivery } from '#broker';
import type { Logger } from '#observability';
import { storableJson, storableText } from './storable.ts';

const insertStatement = `insert into rejected_messages
    (id, rejected_at, reason, message, errors, exchange, routing_key, properties, size, body)
  values ($1, now(), $2, $3, $4, $5, $6, $7, $8, $9)`;

/** Keeps what is no billing event, as it came, for a person to look at. */
export class RejectedMessages {
  readonly #pool: Pool;
  readonly #logger: Logger;
  readonly #onKept: (reason: string) => void;

  /** @param onKept Told of each message that was kept, by its reason. */
  constructor(pool: Pool, logger: Logger, onKept: (reason: string) => void = () => {}) {
    this.#pool = pool;
    this.#logger = logger;
    this.#onKept = onKept;
  }

  /** Resolves when the message is kept; waits while the database is away. */
  async keep(delivery: Delivery, rejection: EventRejected): Promise<void> {
    const { content, exchange, routingKey, messageId, contentType, contentEncoding, headers } = delivery;
    const values = [
      uuidv7(),
      rejection.reason,
      storableText(rejection.message),
      storableJson(rejection.errors),
      storableText(exchange),
      storableText(routingKey),
      storableJson({ messageId, contentType, contentEncoding, headers }),
      content.length,
      content,
    ];
    await untilAnswered(
      () => this.#pool.query(insertStatement, values),
      (error) => this.#logger.warn({ err: error }, 'a rejected message waits for the database'),
    );
    this.#onKept(rejection.reason);
    this.#logger.warn({ reason: rejection.reason, routingKey, messageId, size: content.length }, rejection.message);
  }
}
