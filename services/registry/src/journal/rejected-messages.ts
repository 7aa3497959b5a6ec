import { report } from '#orm';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FieldError, JsonObject } from '#contracts';
import { Redaction } from '#redaction';
import { TooBusy } from '../http/bounded-load.ts';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { jsonText } from '../http/json-text.ts';
import { Conditions } from './conditions.ts';
import type { RejectedMessageView } from './dto/rejected.dto.ts';
import { BodyTooLongToRedact, RejectedMessageNotFound } from './journal-errors.ts';
import { addTimeBounds } from './time-bounds.ts';
import { textPreview } from './text-preview.ts';

/** How much of each body a list shows; the whole is there for the asking. */
const shownBytes = 64 * 1024;

/** How much of a body is read at a time. */
const pieceBytes = 256 * 1024;
/** RabbitMQ's default limit for a message. */
export const mostRedactedBytes = 16 * 1024 * 1024;
/** How many bodies may be held whole at a time. */
const mostHeld = 4;

const shownColumns = `id, rejected_at, reason, message, errors, exchange, routing_key, properties, size,
  substring(body from 1 for ${shownBytes}) as head`;
const oneStatement = `select ${shownColumns} from rejected_messages where id = $1`;
const sizeStatement = 'select octet_length(body) as size from rejected_messages where id = $1';
const pieceStatement = 'select substring(body from $2::int for $3::int) as piece from rejected_messages where id = $1';

interface RejectedRow {
  id: string;
  rejected_at: Date;
  reason: string;
  message: string;
  errors: FieldError[];
  exchange: string;
  routing_key: string;
  properties: string;
  size: number;
  head: Buffer;
}

/** What came from billing and was no event, but for the values of redacted fields. */
@Injectable()
export class RejectedMessages {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;
  #held = 0;

  constructor(dataSource: DataSource, redaction: Redaction) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
  }

  async find(criteria: {
    reason?: string | undefined;
    routingKey?: string | undefined;
    from?: Date | undefined;
    to?: Date | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<CursorPage<RejectedMessageView>> {
    const { reason, routingKey, from, to, cursor, limit } = criteria;
    const conditions = new Conditions()
      .add(reason, (parameter) => `reason = ${parameter}`)
      .add(routingKey, (parameter) => `routing_key = ${parameter}`)
      .add(cursor && decodeCursor(cursor), (last) => `id < ${last}`);
    addTimeBounds(conditions, 'rejected_at', from, to);
    const rows = await report<RejectedRow[]>(
      this.#dataSource,
      `select ${shownColumns} from rejected_messages ${conditions.where}
       order by id desc limit ${conditions.parameter(limit + 1)}`,
      conditions.values,
    );
    return cursorPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => rejectedMessageView(row, this.#redaction),
    );
  }

  /** @throws {RejectedMessageNotFound} */
  async get(id: string): Promise<RejectedMessageView> {
    const [row] = await this.#dataSource.query<RejectedRow[]>(oneStatement, [id]);
    if (!row) throw new RejectedMessageNotFound(id);
    return rejectedMessageView(row, this.#redaction);
  }

  /**
   * The body of one, byte for byte where nothing in it is redacted, in pieces. While fields are hidden a body is held
   * whole, since a field may lie across two pieces; its length and the number of such bodies at a time are limited.
   *
   * @param whenSent Is given what is to be called when the answer has ended, in whatever way.
   * @throws {RejectedMessageNotFound}
   * @throws {BodyTooLongToRedact}
   * @throws {TooBusy}
   */
  async body(id: string, whenSent: (release: () => void) => void): Promise<{ length: number; pieces: Readable }> {
    const [found] = await this.#dataSource.query<{ size: number }[]>(sizeStatement, [id]);
    if (!found) throw new RejectedMessageNotFound(id);
    const { size } = found;
    if (!this.#redaction.hidesFields) return { length: size, pieces: Readable.from(this.#pieces(id, size)) };
    if (size > mostRedactedBytes) throw new BodyTooLongToRedact(size, mostRedactedBytes);
    if (this.#held >= mostHeld) throw new TooBusy();
    this.#held++;
    whenSent(() => this.#held--);
    const whole: Buffer[] = [];
    for await (const piece of this.#pieces(id, size)) whole.push(piece);
    const shown = this.#redaction.bytes(Buffer.concat(whole, size));
    return { length: shown.length, pieces: Readable.from([shown]) };
  }

  async *#pieces(id: string, size: number): AsyncGenerator<Buffer> {
    for (let from = 1; from <= size; from += pieceBytes) {
      const [row] = await this.#dataSource.query<{ piece: Buffer }[]>(pieceStatement, [id, from, pieceBytes]);
      // Retention has taken it away in the meantime; what was sent so far is not the whole.
      if (!row) throw new RejectedMessageNotFound(id);
      yield row.piece;
    }
  }
}

function rejectedMessageView(row: RejectedRow, redaction: Redaction): RejectedMessageView {
  const truncated = row.size > row.head.length;
  const { body, text } = shownBody(row.head, truncated, redaction);
  return {
    id: row.id,
    rejectedAt: row.rejected_at.toISOString(),
    reason: row.reason,
    message: redaction.text(row.message),
    errors: row.errors,
    exchange: row.exchange,
    routingKey: row.routing_key,
    properties: jsonText(redaction.json(row.properties)) as JsonObject,
    size: row.size,
    body: body.toString('base64'),
    bodyText: text,
    truncated,
  };
}

function shownBody(head: Buffer, cut: boolean, redaction: Redaction): { body: Buffer; text: string | null } {
  const text = textPreview(head, cut);
  if (text === null) return { body: redaction.bytes(head), text };
  const shown = redaction.text(text);
  return { body: shown === text ? head : Buffer.from(shown), text: shown };
}
