import type { DeferralReason, OperationKind } from '#contracts';
import { inTransaction, leaseTerms, type Pool, type PoolClient } from '#database';
import { deferPart } from '../record/deferral-statement.ts';
import { deferralRow } from '../record/journal-rows.ts';
import type { DeferralRow } from '../record/journal-rows.ts';
import type { EndedRun } from '../record/run.ts';
import { deferralColumns, type DeferralRecord } from './deferred-event.ts';
import type { Claim } from './claims.ts';
import { countOutcomes, operationOutcomes, type AskedBy } from './operation-outcomes.ts';

/** What has become of the first event of a key while its lease was held. */
export interface Completion {
  readonly claim: Claim;
  readonly record: DeferralRecord;
  /** How far the event has come; null: only the journal says, and another executor may continue. */
  readonly ended: EndedRun | null;
  /** With null: what the key waits for from now on. Without it, for what it did, and no longer. */
  readonly pause?: PutBack;
}

/** When a key is to be taken up again, and what it waits for; null: for what it did. */
interface PutBack {
  readonly handlerId: string | null;
  readonly reason: DeferralReason | null;
  readonly cause?: string | null;
  readonly delayMs: number;
  readonly heldBy?: string | undefined;
  /** Whether it stays before those that began to wait later. */
  readonly keepsPlace?: true;
}

/** What the lane says to a completion: whether the lease still held, and what is next for the key. */
export type Completed =
  | { readonly kind: 'lost' }
  | { readonly kind: 'done' }
  /** Another event of the key waits, and the lease goes on. */
  | { readonly kind: 'next'; readonly record: DeferralRecord };

const atOnce: PutBack = { handlerId: null, reason: null, delayMs: 0 };
/** For a key whose turn did not come: it waits for it as others do that were held. */
export function forItsTurn(heldBy: string): PutBack {
  return { ...atOnce, reason: 'held', heldBy, keepsPlace: true };
}
/** What waits for these is not taken up again before it can continue, and then in the order of its waiting. */
const inOrderOfWaiting: ReadonlySet<DeferralReason | null> = new Set<DeferralReason>(['held', 'rate_limited']);

/**
 * Writes down what has become of events whose keys we hold, in one transaction, and says for each what is next. What
 * comes from an executor that no longer holds the key changes nothing.
 */
export async function completeAll(pool: Pool, completions: readonly Completion[]): Promise<Completed[]> {
  return inTransaction(pool, async (client) => {
    const held = await lockHeld(client, completions);
    const ours = completions.filter(({ claim }) => held.has(claim.key));
    const outcomes = ours.flatMap((completion) =>
      operationOutcomes(held.get(completion.claim.key)!.askedBy, completion),
    );
    await countOutcomes(client, outcomes);
    const over = ours.filter(isOver);
    await defer(client, ours.flatMap(detachedOf));
    const next = over.length > 0 ? await end(client, over) : new Map<string, DeferralRecord>();
    await putBack(
      client,
      ours.filter((completion) => !isOver(completion)),
    );
    return completions.map((completion): Completed => {
      const { key } = completion.claim;
      if (!held.has(key)) return { kind: 'lost' };
      const record = isOver(completion) ? next.get(key) : undefined;
      return record ? { kind: 'next', record } : { kind: 'done' };
    });
  });
}

/** After how many milliseconds the first is due of what goes back into the lane. */
export function putBackIn(completions: readonly Completion[]): number {
  const delays = completions.flatMap((completion) => {
    const { ended, pause = atOnce } = completion;
    const rest = isOver(completion) ? [] : [ended?.end.rest ?? pause];
    return [...rest, ...(ended?.end.detached ?? [])].map(({ delayMs }) => delayMs);
  });
  return Math.min(...delays);
}

/** Whether nothing of the event is left in the key's line. */
function isOver({ ended }: Completion): boolean {
  return ended !== null && ended.end.rest === null;
}

/** Whether other parts of the event are in the lane, or were. */
function isDivided({ claim, record, ended }: Completion): boolean {
  const isDetached = record.progress?.steps.some(({ status }) => status === 'detached') ?? false;
  return claim.detached || isDetached || ended!.end.detached.length > 0;
}

/** Executions that go on beside the event from now on. */
function detachedOf({ ended }: Completion): DeferralRow[] {
  return ended ? ended.end.detached.map((deferral) => deferralRow(ended.run, deferral)) : [];
}

/** The row of a key that we hold. */
interface HeldKey {
  readonly askedBy: AskedBy | undefined;
}

/** From here until the end of the transaction, no executor can add to these keys or take them. */
async function lockHeld(client: PoolClient, completions: readonly Completion[]): Promise<Map<string, HeldKey>> {
  const held = completions.map(({ claim }) => ({ key: claim.key, lease_id: claim.id }));
  const { rows } = await client.query<{ key: string; operationId: string | null; kind: OperationKind }>({
    name: 'lock-held-keys',
    text: `select key, operation_id as "operationId", (select kind from operations where id = operation_id) as kind
      from deferral_keys
      where (key, lease_id) in (select key, lease_id from json_to_recordset($1::json) as held (key text, lease_id uuid))
      order by key for update`,
    values: [JSON.stringify(held)],
  });
  return new Map(
    rows.map(({ key, operationId, kind }) => [key, { askedBy: operationId ? { operationId, kind } : undefined }]),
  );
}

const deferStatement = { name: 'defer', text: `with ${deferPart('$1')} select count(*) from deferred` };

async function defer(client: PoolClient, rows: readonly DeferralRow[]): Promise<void> {
  if (rows.length > 0) await client.query({ ...deferStatement, values: [JSON.stringify(rows)] });
}

// The parts of an event that are in the lane may end at the same time, in different transactions. The one that has the
// event's row locked sees, in its next statement, whether its part was the last.
const removeStatement = {
  name: 'remove-deferrals',
  text: `with removed as (delete from deferrals where seq = any($1) returning seq),
      locked as (select events.id
        from unnest($2::uuid[]) as part (id) join events using (id) order by id for update of events)
    select seq from removed cross join (select count(*) from locked) as all_locked`,
};

// No executor can have added anything since then: the keys are locked. Only the join finds the rows of events, so that
// it searches the one day of each; with a list of ids it would search all days for each of them.
const endStatement = {
  name: 'end-events',
  text: `with part as materialized (
      select id, failed, skipped, disabled, exists (select from deferrals where journal_id = id) as remains
      from json_to_recordset($1::json) as row (id uuid, failed boolean, skipped uuid[], disabled uuid[])
    ), ended as (
      update events set failed = events.failed or part.failed, skipped = events.skipped || part.skipped,
        disabled = events.disabled || part.disabled,
        status = case when part.remains then 'waiting' when events.failed or part.failed
          then 'failed' else 'succeeded' end,
        finished_at = case when part.remains then null else now() end
      from part where events.id = part.id
    ), emptied as (
      delete from deferral_keys as k
      where key = any($2) and not exists (select from deferrals where deferrals.key = k.key)
    )
    select distinct on (key) ${deferralColumns} from deferrals where key = any($2) order by key, seq`,
};

/**
 * Takes events out of the lane, ends those of which nothing is left in it, and finds what waits behind them, by key.
 */
async function end(client: PoolClient, completions: readonly Completion[]): Promise<Map<string, DeferralRecord>> {
  const seqs = completions.map(({ record }) => record.seq);
  const divided = completions.filter(isDivided).map(({ record }) => record.journal_id);
  const removed = await client.query<{ seq: string }>({ ...removeStatement, values: [seqs, divided] });
  // One that is gone was removed by a transaction whose answer got lost, which has ended its event too.
  const ours = new Set(removed.rows.map(({ seq }) => seq));
  const byEvent = Map.groupBy(
    completions.filter(({ record }) => ours.has(record.seq)),
    ({ record }) => record.journal_id,
  );
  const parts = [...byEvent].map(([id, ofEvent]) => ({
    id,
    failed: ofEvent.some(({ ended }) => ended!.end.failed),
    skipped: ofEvent.flatMap(({ ended }) => ended!.end.skipped),
    disabled: ofEvent.flatMap(({ ended }) => ended!.end.disabled),
  }));
  const keys = completions.map(({ claim }) => claim.key);
  const { rows } = await client.query<DeferralRecord>({ ...endStatement, values: [JSON.stringify(parts), keys] });
  return new Map(rows.map((record) => [record.key, record]));
}

async function putBack(client: PoolClient, completions: readonly Completion[]): Promise<void> {
  if (completions.length === 0) return;
  const rows = completions.map(({ claim, record, ended, pause = atOnce }) => {
    const back: PutBack = ended?.end.rest ?? pause;
    const { handlerId, reason, cause = null, delayMs, heldBy = null, keepsPlace = inOrderOfWaiting.has(reason) } = back;
    return {
      key: claim.key,
      // The progress of an event that ended nowhere stays as it was.
      seq: ended ? record.seq : null,
      progress: ended?.end.rest?.progress ?? null,
      given_up: record.give_up,
      handler_id: handlerId,
      reason,
      cause,
      delay_ms: delayMs,
      held_by: heldBy,
      keeps_place: keepsPlace,
    };
  });
  await client.query({
    name: 'put-back',
    text: `with input as (
        select * from json_to_recordset($1::json) as row
          (key text, seq bigint, progress jsonb, given_up boolean, handler_id uuid, reason text, cause text,
            delay_ms double precision,
            held_by uuid, keeps_place boolean)
      ), progressed as (
        -- A skip that was asked for during this attempt is still to come.
        update deferrals set progress = input.progress, give_up = give_up and not input.given_up
        from input where deferrals.seq = input.seq returning deferrals.key, deferrals.give_up
      )
      update deferral_keys set handler_id = coalesce(input.handler_id, deferral_keys.handler_id),
        reason = coalesce(input.reason, deferral_keys.reason),
        cause = case when input.seq is null then deferral_keys.cause else input.cause end,
        held_by = case when input.reason is null then deferral_keys.held_by else input.held_by end,
        paced_by = coalesce(input.held_by, deferral_keys.held_by, deferral_keys.paced_by),
        due_at = case when exists (select from progressed where progressed.key = input.key and progressed.give_up)
          then now()
          when input.keeps_place then least(deferral_keys.due_at, now())
          else now() + make_interval(secs => delay_ms / 1000) end, ${leaseTerms.giveBackWhole('input.seq is not null')}
      from input where deferral_keys.key = input.key`,
    values: [JSON.stringify(rows)],
  });
}
