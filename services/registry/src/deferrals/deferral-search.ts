import { report } from '#database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeferralReason } from '#contracts';
import { pageOf, type CursorPage } from '../http/cursor.ts';
import { Conditions } from '../journal/conditions.ts';
import { decodePosition, encodePosition } from './deferral-cursor.ts';
import { deferralView, type DeferralRow } from './deferral-rows.ts';
import type { DeferralView } from './dto/deferral.dto.ts';

/** What to look for; what is not given does not matter. */
export interface DeferralCriteria {
  readonly handlerId?: string | undefined;
  readonly reason?: DeferralReason | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The keys that wait, the one that has waited longest first. */
@Injectable()
export class DeferralSearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async find({ handlerId, reason, cursor, limit }: DeferralCriteria): Promise<CursorPage<DeferralView>> {
    const conditions = new Conditions()
      .add(handlerId, (id) => `handler_id = ${id}`)
      .add(reason, (parameter) => `reason = ${parameter}`);
    const after = cursor === undefined ? undefined : decodePosition(cursor);
    if (after !== undefined) {
      const since = `timestamptz 'epoch' + ${conditions.parameter(after.micros)}::bigint * interval '1 microsecond'`;
      conditions.require(`(waiting_since, key) > (${since}, ${conditions.parameter(after.key)})`);
    }
    const rows = await report<DeferralRow[]>(
      this.#dataSource,
      `select waiting.key, detached, waiting_since, (extract(epoch from waiting_since) * 1000000)::bigint::text as micros,
         due_at, reason, handler_id, handlers.name as handler_name, coalesce(lease_until > now(), false) as running,
         first.event_id, first.event_type, first.object_id, first.progress, behind
       from (
         select * from deferral_keys ${conditions.where}
         order by waiting_since, key limit ${conditions.parameter(limit + 1)}
       ) as waiting
       left join handlers on handlers.id = handler_id
       cross join lateral (
         select event_id, event_type, object_id, progress from deferrals
         where deferrals.key = waiting.key order by seq limit 1
       ) as first
       cross join lateral (
         select count(*)::integer - 1 as behind from deferrals where deferrals.key = waiting.key
       ) as counted
       order by waiting_since, waiting.key`,
      conditions.values,
    );
    return pageOf(rows, limit, encodePosition, deferralView);
  }
}
