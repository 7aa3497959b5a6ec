import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FieldError, JsonObject } from '#contracts';
import { RejectedMessageEntity } from '#database';
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

/** What came from billing and was no event. */
@Injectable()
export class RejectedMessages {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
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
    return cursorPage(rows, limit, ({ id }) => id, rejectedMessageView);
  }

  /**
   * The body of one, byte for byte.
   *
   * @throws {RejectedMessageNotFound}
   */
  async body(id: string): Promise<Buffer> {
    const found = await this.#dataSource.manager.findOne(RejectedMessageEntity, {
      where: { id },
      select: { id: true, body: true },
    });
    if (!found) throw new RejectedMessageNotFound(id);
    return found.body;
  }
}

function rejectedMessageView(row: RejectedRow): RejectedMessageView {
  const truncated = row.size > row.head.length;
  return {
    id: row.id,
    rejectedAt: row.rejected_at.toISOString(),
    reason: row.reason,
    message: row.message,
    errors: row.errors,
    exchange: row.exchange,
    routingKey: row.routing_key,
    properties: JSON.parse(row.properties) as JsonObject,
    size: row.size,
    body: row.head.toString('base64'),
    bodyText: textPreview(row.head, truncated),
    truncated,
  };
}
