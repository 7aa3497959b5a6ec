import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FieldError, JsonObject } from '#contracts';
import { RejectedMessageEntity } from '#database';
import { Redaction } from '#redaction';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from './conditions.ts';
import type { RejectedMessageView } from './dto/rejected.dto.ts';
import { RejectedMessageNotFound } from './journal-errors.ts';
import { textPreview } from './text-preview.ts';

/** How much of each body a list shows; the whole is there for the asking. */
const shownBytes = 64 * 1024;

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

  constructor(dataSource: DataSource, redaction: Redaction) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
  }

  async find(criteria: {
    reason?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<CursorPage<RejectedMessageView>> {
    const { reason, cursor, limit } = criteria;
    const conditions = new Conditions()
      .add(reason, (parameter) => `reason = ${parameter}`)
      .add(cursor && decodeCursor(cursor), (last) => `id < ${last}`);
    const rows = await this.#dataSource.query<RejectedRow[]>(
      `select id, rejected_at, reason, message, errors, exchange, routing_key, properties, size,
         substring(body from 1 for ${shownBytes}) as head
       from rejected_messages ${conditions.where} order by id desc limit ${conditions.parameter(limit + 1)}`,
      conditions.values,
    );
    return cursorPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => rejectedMessageView(row, this.#redaction),
    );
  }

  /**
   * The body of one, byte for byte where nothing in it is redacted.
   *
   * @throws {RejectedMessageNotFound}
   */
  async body(id: string): Promise<Buffer> {
    const found = await this.#dataSource.manager.findOne(RejectedMessageEntity, {
      where: { id },
      select: { id: true, body: true },
    });
    if (!found) throw new RejectedMessageNotFound(id);
    return this.#redaction.bytes(found.body);
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
    properties: JSON.parse(redaction.json(row.properties)) as JsonObject,
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
