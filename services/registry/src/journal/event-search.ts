import { report } from '#database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EventStatus } from '#contracts';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from './conditions.ts';
import type { EventView } from './dto/event.dto.ts';
import { eventColumns, eventView, type EventRow } from './event-rows.ts';
import { objectIdSpellings } from './object-id.ts';
import { addStatusCondition } from './status-condition.ts';
import { addTimeBounds } from './time-bounds.ts';

/** What to look for; what is not given does not matter. */
export interface EventCriteria {
  readonly type?: string | undefined;
  readonly objectId?: string | undefined;
  readonly partitionKey?: string | undefined;
  readonly status?: readonly EventStatus[] | undefined;
  readonly hasFailures?: boolean | undefined;
  readonly replayId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Finds events in the journal, the newest first. */
@Injectable()
export class EventSearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async find({ limit, cursor, from, to, objectId, ...criteria }: EventCriteria): Promise<CursorPage<EventView>> {
    const conditions = new Conditions()
      .add(criteria.type, (type) => `type = ${type}`)
      .add(objectId && objectIdSpellings(objectId), (spellings) => `object_id = any(${spellings})`)
      .add(criteria.partitionKey, (key) => `partition_key = ${key}`)
      .add(criteria.replayId, (replay) => `replay_id = ${replay}`)
      .add(cursor && decodeCursor(cursor), (last) => `id < ${last}`);
    addStatusCondition(conditions, 'status', criteria.status);
    // In the words of the index.
    if (criteria.hasFailures !== undefined) conditions.require(criteria.hasFailures ? 'failed' : 'not failed');
    addTimeBounds(conditions, 'received_at', from, to);
    const rows = await report<EventRow[]>(
      this.#dataSource,
      `select ${eventColumns} from events ${conditions.where} order by id desc limit ${conditions.parameter(limit + 1)}`,
      conditions.values,
    );
    return cursorPage(rows, limit, ({ id }) => id, eventView);
  }
}
