import type { DeferralReason } from '#contracts';
import { inTransaction, type Pool, type PoolClient } from '#database';
import { deferPart } from '../record/deferral-statement.ts';
import { deferralRow } from '../record/journal.ts';
import type { DeferralRow } from '../record/journal-rows.ts';
import type { EndedRun } from '../record/run.ts';
import { deferralColumns, type DeferralRecord } from './deferred-event.ts';
import type { Lease } from './leases.ts';

/** What has become of the first event of a key while its lease was held. */
export interface Settlement {
  readonly lease: Pick<Lease, 'id' | 'key'>;
  readonly record: DeferralRecord;
  /** How far the event has come; null: nothing was done, and another executor may. */
  readonly ended: EndedRun | null;
  /** Where nothing was done: what the key waits for from now on. Without it, for what it did, and no longer. */
  readonly pause?: PutBack;
}

/** When a key is to be taken up again, and what it waits for; null: for what it did. */
interface PutBack {
  readonly handlerId: string | null;
  readonly reason: DeferralReason | null;
  readonly delayMs: number;
}

/** What the lane says to a settlement: whether the lease still held, and what is next for the key. */
export type Settled =
  | { readonly kind: 'lost' }
  | { readonly kind: 'done' }
  /** Another event of the key waits, and the lease goes on. */
  | { readonly kind: 'next'; readonly record: DeferralRecord };

const atOnce: PutBack = { handlerId: null, reason: null, delayMs: 0 };

/** The first event of each of these keys, by key. */
export async function firstRecords(pool: Pool, keys: readonly string[]): Promise<Map<string, DeferralRecord>> {
  const { rows } = await pool.query<DeferralRecord>({
    name: 'first-deferrals',
    text: `select distinct on (key) ${deferralColumns} from deferrals where key = any($1) order by key, seq`,
    values: [keys],
  });
  return new Map(rows.map((record) => [record.key, record]));
}

/** The body of an event that waits; undefined when it waits no more. */
export async function bodyOf(pool: Pool, { key, seq }: DeferralRecord): Promise<string | undefined> {
  const { rows } = await pool.query<{ body: string }>({
    name: 'deferred-body',
    text: 'select body from deferrals where key = $1 and seq = $2',
    values: [key, seq],
  });
  return rows[0]?.body;
}

/**
 * Writes down what has become of events whose keys we hold, in one transaction, and says for each what is next. What
 * comes from an executor that no longer holds the key changes nothing.
 */
export async function settleAll(pool: Pool, settlements: readonly Settlement[]): Promise<Settled[]> {
  return inTransaction(pool, async (client) => {
    const held = await lockHeld(client, settlements);
    const ours = settlements.filter(({ lease }) => held.has(lease.key));
    const over = ours.filter(isOver);
    await defer(client, ours.flatMap(detachedOf));
    const next = over.length > 0 ? await end(client, over) : new Map<string, DeferralRecord>();
    await putBack(
      client,
      ours.filter((settlement) => !isOver(settlement)),
    );
    return settlements.map((settlement): Settled => {
      const { key } = settlement.lease;
      if (!held.has(key)) return { kind: 'lost' };
      const record = isOver(settlement) ? next.get(key) : undefined;
      return record ? { kind: 'next', record } : { kind: 'done' };
    });
  });
}

/** Whether nothing of the event is left in the key's line. */
function isOver({ ended }: Settlement): boolean {
  return ended !== null && ended.end.rest === null;
}

/** Executions that go on beside the event from now on. */
function detachedOf({ record, ended }: Settlement): DeferralRow[] {
  return ended ? ended.end.detached.map((deferral) => deferralRow(ended.run, record.journal_id, deferral)) : [];
}

/** From here on nobody can add to these keys, or take them from us, before the transaction ends. */
async function lockHeld(client: PoolClient, settlements: readonly Settlement[]): Promise<Set<string>> {
  const held = settlements.map(({ lease }) => ({ key: lease.key, lease_id: lease.id }));
  const { rows } = await client.query<{ key: string }>({
    name: 'lock-held-keys',
    text: `select key from deferral_keys
      where (key, lease_id) in (select key, lease_id from json_to_recordset($1::json) as held (key text, lease_id uuid))
      order by key for update`,
    values: [JSON.stringify(held)],
  });
  return new Set(rows.map(({ key }) => key));
}

const deferStatement = { name: 'defer', text: `with ${deferPart('$1')} select count(*) from deferred` };

async function defer(client: PoolClient, rows: readonly DeferralRow[]): Promise<void> {
  if (rows.length > 0) await client.query({ ...deferStatement, values: [JSON.stringify(rows)] });
}

// The parts of an event that are in the lane may end at the same time, in different transactions: whoever has the
// event's row locked sees, in his next statement, whether his was the last.
const removeStatement = {
  name: 'remove-deferrals',
  text: `with removed as (delete from deferrals where seq = any($1) returning seq),
      locked as (select id from events where id = any($2) order by id for update)
    select seq from removed cross join (select count(*) from locked) as all_locked`,
};

// Nobody can have put anything behind what was removed since then: the keys are locked.
const endStatement = {
  name: 'end-events',
  text: `with part as (
      select id, failed, skipped, exists (select from deferrals where journal_id = id) as remains
      from json_to_recordset($2::json) as row (id uuid, failed boolean, skipped uuid[])
    ), ended as (
      update events set failed = events.failed or part.failed, skipped = events.skipped || part.skipped,
        status = case when part.remains then 'waiting' when events.failed or part.failed then 'failed' else 'succeeded' end,
        finished_at = case when part.remains then null else now() end
      from part where events.id = part.id and events.id = any($1)
    ), emptied as (
      delete from deferral_keys as k
      where key = any($3) and not exists (select from deferrals where deferrals.key = k.key)
    )
    select distinct on (key) ${deferralColumns} from deferrals where key = any($3) order by key, seq`,
};

/**
 * Takes events out of the lane, ends those of which nothing is left in it, and finds what waits behind them, by key.
 */
async function end(client: PoolClient, settlements: readonly Settlement[]): Promise<Map<string, DeferralRecord>> {
  const seqs = settlements.map(({ record }) => record.seq);
  const ids = settlements.map(({ record }) => record.journal_id);
  const removed = await client.query<{ seq: string }>({ ...removeStatement, values: [seqs, ids] });
  // One that is gone was removed by a transaction whose answer got lost, which has ended its event too.
  const ours = new Set(removed.rows.map(({ seq }) => seq));
  const byEvent = Map.groupBy(
    settlements.filter(({ record }) => ours.has(record.seq)),
    ({ record }) => record.journal_id,
  );
  const parts = [...byEvent].map(([id, ofEvent]) => ({
    id,
    failed: ofEvent.some(({ ended }) => ended!.end.failed),
    skipped: ofEvent.flatMap(({ ended }) => ended!.end.skipped),
  }));
  const keys = settlements.map(({ lease }) => lease.key);
  const { rows } = await client.query<DeferralRecord>({ ...endStatement, values: [ids, JSON.stringify(parts), keys] });
  return new Map(rows.map((record) => [record.key, record]));
}

async function putBack(client: PoolClient, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const rows = settlements.map(({ lease, record, ended, pause = atOnce }) => {
    const { handlerId, reason, delayMs } = ended?.end.rest ?? pause;
    return {
      key: lease.key,
      // Of what nothing was done is as it was.
      seq: ended ? record.seq : null,
      progress: ended?.end.rest?.progress ?? null,
      handler_id: handlerId,
      reason,
      delay_ms: delayMs,
    };
  });
  await client.query({
    name: 'put-back',
    text: `with input as (
        select * from json_to_recordset($1::json) as row
          (key text, seq bigint, progress jsonb, handler_id uuid, reason text, delay_ms double precision)
      ), progressed as (
        update deferrals set progress = input.progress, give_up = false from input where deferrals.seq = input.seq
      )
      update deferral_keys set handler_id = coalesce(input.handler_id, deferral_keys.handler_id), reason = coalesce(input.reason, deferral_keys.reason),
        due_at = now() + make_interval(secs => delay_ms / 1000), lease_id = null, lease_until = null
      from input where deferral_keys.key = input.key`,
    values: [JSON.stringify(rows)],
  });
}
