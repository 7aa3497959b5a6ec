import { createHash } from 'node:crypto';
import { lowestIdAt, orderedIdAt, type EventRejected } from '#contracts';
import { isDataError, untilAnswered, type Now, type Pool } from '#database';
import type { Delivery } from '#broker';
import type { Logger } from '#observability';
import { storableJson, storableText } from './journal-rows.ts';

/** A message that was delivered before may be here already; an answer that got lost may have been to this very row. */
const insertStatement = `insert into rejected_messages
    (id, rejected_at, reason, message, errors, exchange, routing_key, properties, size, body, fingerprint)
  select $1, now(), $2, $3, $4, $5, $6, $7, $8, $9, $10
    where $11::uuid is null or not exists (select from rejected_messages where fingerprint = $10 and id >= $11)
  on conflict (id) do nothing`;

/** Far longer than a message is left unacknowledged. */
const redeliveryMs = 7 * 24 * 3_600_000;
/** What RabbitMQ counts in a header differs from delivery to delivery. */
const countedHeaders = new Set(['x-delivery-count', 'x-acquired-count']);

/** The memory that bodies may take until they are stored. */
export interface BodyStore {
  /** Takes room when there is some; the answer gives it back. */
  tryTake(bytes: number): (() => void) | undefined;
  /** Keeps a body until there is room for it. `session` fires when its message is lost. */
  putAside(content: Buffer, session: AbortSignal): WaitingBody;
}

interface WaitingBody {
  open(): Promise<{ readonly content: Buffer; close: () => void }>;
}

export interface RejectedMessagesParts {
  pool: Pool;
  bodies: BodyStore;
  /** The database's clock. */
  now: Now;
  logger: Logger;
  /** Told of each message that was kept, by its reason. */
  onKept?: (reason: string) => void;
}

/** Stores an invalid message unchanged, for a person to look at. */
export class RejectedMessages {
  readonly #parts: RejectedMessagesParts;

  constructor(parts: RejectedMessagesParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the message is kept; waits for memory, and while the database is away. One that was delivered before
   * and is kept already is not kept again.
   */
  async keep(delivery: Delivery, rejection: EventRejected): Promise<void> {
    const { bodies } = this.#parts;
    const content = delivery.takeContent();
    const giveBack = bodies.tryTake(content.length);
    if (giveBack) return this.store(delivery, content, rejection).finally(giveBack);
    const waiting = bodies.putAside(content, delivery.signal);
    return this.#storeLater(delivery, waiting, rejection);
  }

  /** As {@link keep}, for a body that there was room for already. */
  async store(delivery: Delivery, content: Buffer, rejection: EventRejected): Promise<void> {
    const { logger, now, onKept } = this.#parts;
    const { size, routingKey, messageId } = delivery;
    const id = orderedIdAt(new Date(now()));
    const isNew = await untilAnswered(
      () => this.#insert(id, delivery, content, rejection),
      (error) => logger.warn({ err: error }, 'rejected message is waiting for the database'),
    );
    if (!isNew) return;
    onKept?.(rejection.reason);
    const { reason, message: problem } = rejection;
    logger.warn({ id, reason, problem, routingKey, messageId, size }, 'message rejected and stored');
  }

  async #storeLater(delivery: Delivery, waiting: WaitingBody, rejection: EventRejected): Promise<void> {
    const { content, close } = await waiting.open();
    await this.store(delivery, content, rejection).finally(close);
  }

  /** @returns Whether it was not there before. */
  async #insert(id: string, delivery: Delivery, content: Buffer, rejection: EventRejected): Promise<boolean> {
    const { exchange, routingKey, properties, raw, size, redelivered } = delivery;
    const { reason, message, errors } = rejection;
    const fingerprint = fingerprintOf(delivery, content);
    const values = (shownErrors: unknown, shownProperties: unknown) => [
      id,
      reason,
      storableText(message),
      storableJson(shownErrors),
      storableText(exchange),
      storableText(routingKey),
      storableJson(shownProperties),
      size,
      content,
      fingerprint,
      redelivered ? lowestIdAt(this.#parts.now() - redeliveryMs) : null,
    ];
    const insert = async (...shown: Parameters<typeof values>): Promise<boolean> =>
      (await this.#parts.pool.query(insertStatement, values(...shown))).rowCount === 1;
    try {
      return await insert(errors, inJson({ ...properties, ...rawBytes(raw) }));
    } catch (error) {
      if (!isDataError(error)) throw error;
      // Nothing that others wrote may keep a message from being put out of the way.
      this.#parts.logger.error({ err: error }, 'failed to store the properties of a rejected message');
      return insert([], { unreadable: (error as Error).message });
    }
  }
}

/** The same for each delivery of a message, and for no other message that differs from it in anything. */
function fingerprintOf({ exchange, routingKey, properties, raw, size }: Delivery, content: Buffer): Buffer {
  const headers = Object.entries(properties.headers ?? {}).filter(([name]) => !countedHeaders.has(name));
  const envelope = [exchange, raw.routingKey ?? routingKey, { ...properties, headers: [] }, headers, size].map(inJson);
  return createHash('sha256').update(storableJson(envelope)).update('\0').update(content).digest();
}

/** Bytes that are not text are stored unchanged. */
function rawBytes({ header, routingKey }: Delivery['raw']): object {
  return { ...(header && { contentHeaderBytes: header }), ...(routingKey && { routingKeyBytes: routingKey }) };
}

/**
 * What AMQP has and JSON has not, as JSON can keep it: bytes as `{"!": "bytes", "value": base64}`, in the way that
 * decimals and timestamps come, and numbers that JSON has no digits for as text.
 */
function inJson(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return { '!': 'bytes', value: value.toString('base64') };
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inJson);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inJson(item)]));
}
