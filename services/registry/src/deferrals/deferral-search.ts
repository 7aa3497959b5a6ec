import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeferralFilter } from '#contracts';
import { deferralConditions } from '#journal';
import { Redaction } from '#redaction';
import { pageOf, type CursorPage } from '../http/cursor.ts';
import { Conditions } from '../journal/conditions.ts';
import { decodePosition, encodePosition } from './deferral-cursor.ts';
import { deferralView, type DeferralRow } from './deferral-rows.ts';
import { storedFilter } from './deferral-filter.ts';
import type { DeferralPreviewView } from './dto/deferral-input.dto.ts';
import type { DeferralView } from './dto/deferral.dto.ts';

/** What to look for; what is not given does not matter. */
export interface DeferralCriteria {
  readonly handlerId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly reason?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The keys that wait, the one that has waited longest first. */
@Injectable()
export class DeferralSearch {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;

  constructor(dataSource: DataSource, redaction: Redaction) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
  }

  async find({ handlerId, targetId, reason, cursor, limit }: DeferralCriteria): Promise<CursorPage<DeferralView>> {
    const conditions = conditionsOf(storedFilter({ handlerId, targetId, reason }));
    const after = cursor === undefined ? undefined : decodePosition(cursor);
    if (after !== undefined) {
      const since = `timestamptz 'epoch' + ${conditions.parameter(after.micros)}::bigint * interval '1 microsecond'`;
      conditions.require(`(waiting_since, key) > (${since}, ${conditions.parameter(after.key)})`);
    }
    const rows = await report<DeferralRow[]>(
      this.#dataSource,
      `select waiting.key, detached, waiting_since, (extract(epoch from waiting_since) * 1000000)::bigint::text as micros,
         due_at, waiting.reason, waiting.handler_id, handlers.name as handler_name, coalesce(lease_until > now(), false) as running,
         first.event_id, first.event_type, first.object_id, first.progress, behind,
         last.number as last_number, last.started_at as last_started_at, last.reason as last_reason,
         last.message as last_message, last.response as last_response
       from (
         select * from deferral_keys ${conditions.where}
         order by waiting_since, key limit ${conditions.parameter(limit + 1)}
       ) as waiting
       left join handlers on handlers.id = handler_id
       cross join lateral (
         select event_id, event_type, object_id, replay_id, received_at, progress from deferrals
         where deferrals.key = waiting.key order by seq limit 1
       ) as first
       cross join lateral (
         select count(*)::integer - 1 as behind from deferrals where deferrals.key = waiting.key
       ) as counted
       left join lateral (
         select number, started_at, reason, message, response from attempts
         where attempts.event_id = first.event_id and attempts.handler_id = waiting.handler_id
           and attempts.replay_id is not distinct from first.replay_id and not test
           -- Earlier days of the journal need not be looked at.
           and attempts.id >= journal_day_start((first.received_at at time zone 'UTC')::date)
         order by attempts.id desc limit 1
       ) as last on true
       order by waiting_since, waiting.key`,
      conditions.values,
    );
    return pageOf(rows, limit, encodePosition, (row) => deferralView(row, this.#redaction));
  }

  /** How much waits. */
  async count(filter: DeferralFilter): Promise<DeferralPreviewView> {
    const conditions = conditionsOf(filter);
    const [counted] = await report<[DeferralPreviewView]>(
      this.#dataSource,
      `with waiting as (select key from deferral_keys ${conditions.where})
       select (select count(*)::integer from waiting) as keys,
         (select count(*)::integer from deferrals join waiting on waiting.key = deferrals.key) as events`,
      conditions.values,
    );
    return counted;
  }
}

function conditionsOf(filter: DeferralFilter): Conditions {
  const conditions = new Conditions();
  for (const each of deferralConditions(filter, (value) => conditions.parameter(value))) conditions.require(each);
  return conditions;
}
