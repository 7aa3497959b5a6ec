import type { DeferralRow } from './journal-rows.ts';
import { names, rowsFromJson, type Columns } from './rows-from-json.ts';

/** What `deferrals` keeps of a {@link DeferralRow}. */
const kept: Columns<Omit<DeferralRow, 'detached' | 'handler_id' | 'reason' | 'delay_ms'>> = {
  key: 'text',
  journal_id: 'uuid',
  event_id: 'text',
  event_type: 'text',
  object_id: 'text',
  partition_key: 'text',
  replay_id: 'uuid',
  replay_handlers: 'uuid[]',
  traceparent: 'text',
  received_at: 'timestamptz',
  body: 'text',
  progress: 'jsonb',
};

/** The compiler sees to it that no column is forgotten. */
const columns: Columns<DeferralRow> = {
  ...kept,
  detached: 'boolean',
  handler_id: 'uuid',
  reason: 'text',
  delay_ms: 'double precision',
};

/**
 * Parts of a statement that put rows into the slow lane: `waiting_keys` makes the rows of keys that do not wait yet, and
 * `deferred` appends the events; it returns the `journal_id` of those that were not there already.
 *
 * A key's row that is there is locked and left as it is: a worker that is about to remove it, since nothing waits behind it any
 * more, has to wait for us, and one that has done so makes us insert it anew. Keys are locked in their order, so that two
 * writers never wait for each other.
 *
 * @param parameter Holds {@link DeferralRow}s as JSON.
 */
export function deferPart(parameter: string): string {
  return `waiting_keys as (
      insert into deferral_keys (key, due_at, handler_id, reason, detached)
      select distinct on (key) key, now() + make_interval(secs => delay_ms / 1000), handler_id, reason, detached
      from ${rowsFromJson(parameter, columns)} order by key
      on conflict (key) do update set key = excluded.key where false
    ), deferred as (
      insert into deferrals (${names(kept)}) select ${names(kept)} from ${rowsFromJson(parameter, columns)}
      on conflict do nothing returning journal_id
    )`;
}
