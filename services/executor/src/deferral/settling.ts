import { inTransaction, type Pool, type PoolClient } from '#database';
import { deferPart } from '../journal/deferral-statement.ts';
import { deferralColumns, type DeferralRecord } from './deferred-event.ts';
import type { Settled, Settlement } from './settlement.ts';

/** The first event of each of these keys, by key. */
export async function firstRecords(pool: Pool, keys: readonly string[]): Promise<Map<string, DeferralRecord>> {
  const { rows } = await pool.query<DeferralRecord>({
    name: 'first-deferrals',
    text: `select distinct on (key) ${deferralColumns} from deferrals where key = any($1) order by key, seq`,
    values: [keys],
  });
  return new Map(rows.map((record) => [record.key, record]));
}

/**
 * Writes down what has become of events whose keys we hold, in one transaction, and says for each what is next. What comes from
 * somebody who no longer holds the key changes nothing.
 */
export async function settleAll(pool: Pool, settlements: readonly Settlement[]): Promise<Settled[]> {
  return inTransaction(pool, async (client) => {
    const held = await lockHeld(client, settlements);
    const ours = settlements.filter(({ key }) => held.has(key));
    const ended = ours.filter(({ kind }) => kind === 'ended');
    await defer(
      client,
      ours.flatMap(({ detached }) => detached),
    );
    const next = ended.length > 0 ? await end(client, ended) : new Map<string, DeferralRecord>();
    await putBack(
      client,
      ours.filter((settlement) => settlement.putBack !== null),
    );
    return settlements.map(({ key, kind }): Settled => {
      if (!held.has(key)) return { kind: 'lost' };
      const record = kind === 'ended' ? next.get(key) : undefined;
      return record ? { kind: 'next', record } : { kind: 'done' };
    });
  });
}

/** From here on nobody can add to these keys, or take them from us, before the transaction ends. */
async function lockHeld(client: PoolClient, settlements: readonly Settlement[]): Promise<Set<string>> {
  const held = settlements.map(({ key, leaseId }) => ({ key, lease_id: leaseId }));
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

async function defer(client: PoolClient, rows: Settlement['detached']): Promise<void> {
  if (rows.length > 0) await client.query({ ...deferStatement, values: [JSON.stringify(rows)] });
}

// The parts of an event that are in the lane may end at the same time, in different transactions: whoever has the event's row
// locked sees, in his next statement, whether his was the last.
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

/** Takes events out of the lane, ends those of which nothing is left in it, and finds what waits behind them, by key. */
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
    failed: ofEvent.some(({ failed }) => failed),
    skipped: ofEvent.flatMap(({ skipped }) => skipped),
  }));
  const keys = settlements.map(({ key }) => key);
  const { rows } = await client.query<DeferralRecord>({ ...endStatement, values: [ids, JSON.stringify(parts), keys] });
  return new Map(rows.map((record) => [record.key, record]));
}

async function putBack(client: PoolClient, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const rows = settlements.map(({ key, record, kind, progress, putBack }) => ({
    key,
    // What was released is as it was.
    seq: kind === 'waits' ? record.seq : null,
    progress,
    handler_id: putBack!.handlerId,
    reason: putBack!.reason,
    delay_ms: putBack!.delayMs,
  }));
  await client.query({
    name: 'put-back',
    text: `with input as (
        select * from json_to_recordset($1::json) as row
          (key text, seq bigint, progress jsonb, handler_id uuid, reason text, delay_ms double precision)
      ), progressed as (
        update deferrals set progress = input.progress, give_up = false from input where deferrals.seq = input.seq
      )
      update deferral_keys set handler_id = coalesce(input.handler_id, deferral_keys.handler_id), reason = coalesce(input.reason, deferral_keys.reason),
        due_at = now() + make_interval(secs => delay_ms / 1000), lease_id = null, lease_until = null, owner = null
      from input where deferral_keys.key = input.key`,
    values: [JSON.stringify(rows)],
  });
}
