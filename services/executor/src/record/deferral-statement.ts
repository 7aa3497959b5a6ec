import type { DeferralRow } from './journal-rows.ts';

/** Columns and their types, as PostgreSQL reads them out of JSON. */
export type Columns<Row> = Readonly<Record<keyof Row & string, string>>;

/** What `deferrals` keeps of a {@link DeferralRow}. */
const kept: Columns<Omit<DeferralRow, 'detached' | 'handler_id' | 'reason' | 'cause' | 'delay_ms' | 'held_by'>> = {
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
  resume: 'jsonb',
  replay_of: 'jsonb',
};

/** The compiler sees to it that no column is forgotten. */
const columns: Columns<DeferralRow> = {
  ...kept,
  detached: 'boolean',
  handler_id: 'uuid',
  reason: 'text',
  cause: 'text',
  delay_ms: 'double precision',
  held_by: 'uuid',
};

/**
 * Parts of a statement that inserts rows into the slow lane. `waiting_keys` creates the rows of keys that do not wait
 * yet. `deferred` appends the events, and returns the `journal_id` of those that are new.
 *
 * An existing row of a key is locked and kept. A worker that is about to delete it, because nothing waits behind it any
 * more, has to wait for us; if it has done so already, we insert the row again. Keys are locked in order, so that two
 * writers never deadlock.
 *
 * @param parameter Holds {@link DeferralRow}s as JSON.
 * @param condition Which of the rows.
 */
export function deferPart(parameter: string, condition = 'true'): string {
  const rows = `${rowsFromJson(parameter, columns)} where ${condition}`;
  return `waiting_keys as (
      insert into deferral_keys (key, due_at, handler_id, reason, cause, held_by, detached)
      select distinct on (key) key, now() + make_interval(secs => delay_ms / 1000), handler_id, reason, cause,
        held_by, detached
      from ${rows} order by key
      on conflict (key) do update set key = excluded.key where false
    ), deferred as (
      insert into deferrals (${names(kept)}) select ${names(kept)} from ${rows}
      on conflict do nothing returning journal_id
    )`;
}

/**
 * A statement's rows out of a parameter that holds them as a JSON array: the statement is the same for any number of
 * rows.
 */
export function rowsFromJson<Row>(parameter: string, columns: Columns<Row>): string {
  const typed = Object.entries(columns).map(([column, type]) => `"${column}" ${String(type)}`);
  return `json_to_recordset(${parameter}::json) as row (${typed.join(', ')})`;
}

/** The names of columns, for a list of them. */
export function names<Row>(columns: Columns<Row>): string {
  return Object.keys(columns)
    .map((column) => `"${column}"`)
    .join(', ');
}
