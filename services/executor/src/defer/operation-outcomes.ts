import type { OperationKind } from '#contracts';
import type { PoolClient } from '#database';
import type { EndedRun } from '../record/run.ts';
import type { Claim } from './claims.ts';
import type { DeferralRecord } from './deferred-event.ts';

/** The operation that has asked for the next attempt of a waiting key. */
export interface AskedBy {
  readonly operationId: string;
  readonly kind: OperationKind;
}

/** What has become of an event, or of a part of one, that an operation has asked for. */
export interface OperationOutcome {
  readonly operation_id: string;
  /** One of these two: what the operation is about. */
  readonly key: string | null;
  readonly journal_id: string | null;
  readonly outcome: 'succeeded' | 'failed' | 'unneeded';
}

/** What was done while a key was held. */
interface Stretch {
  readonly claim: Pick<Claim, 'takenOver'>;
  readonly record: DeferralRecord;
  readonly ended: EndedRun | null;
}

/** @param askedBy What the row of the key says. */
export function operationOutcomes(askedBy: AskedBy | undefined, { claim, record, ended }: Stretch): OperationOutcome[] {
  if (!ended) return [];
  const statuses = statusesOf(ended);
  const before = claim.takenOver ? madeBefore(ended) : undefined;
  const ofKey =
    askedBy && (askedBy.kind === 'skip' ? skipped(record) : (firstOf(statuses) ?? before ?? heldBack(ended)));
  const ofEvent = record.resume && (wholeOf(statuses, ended) ?? before ?? nothingLeft(ended));
  return [
    ...(ofKey ? [{ operation_id: askedBy.operationId, key: record.key, journal_id: null, outcome: ofKey }] : []),
    ...(ofEvent
      ? [{ operation_id: record.resume.operationId, key: null, journal_id: record.journal_id, outcome: ofEvent }]
      : []),
  ];
}

type Outcome = OperationOutcome['outcome'];
type Status = EndedRun['run']['attempts'][number]['attempt']['status'];

/** Where each attempt has left its execution; one that the executor took back says nothing. */
function statusesOf({ run }: EndedRun): Status[] {
  return run.attempts.flatMap(({ attempt: { status, result } }) => {
    const { outcome } = result;
    return outcome.kind !== 'success' && outcome.reason === 'aborted' ? [] : [status];
  });
}

/** What an executor has done that died before it could write down the end. */
function madeBefore({ end }: EndedRun): Outcome | undefined {
  if (end.rest) return end.rest.reason === 'retry' ? 'failed' : undefined;
  return end.failed ? 'failed' : 'succeeded';
}

/** Where nothing was called, and nothing is. */
function nothingLeft({ end, run }: EndedRun): Outcome | undefined {
  return run.attempts.length === 0 && !end.rest ? 'unneeded' : undefined;
}

/** Of a retry: the attempt that was asked for. Without one the key still waits for it. */
function firstOf([first]: readonly Status[]): Outcome | undefined {
  if (first === undefined) return undefined;
  if (first === 'skipped') return 'unneeded';
  return first === 'succeeded' ? 'succeeded' : 'failed';
}

/** Of a retry: a held handler is not called, whichever operation asks for it, and a hold may last. */
function heldBack({ end }: EndedRun): Outcome | undefined {
  return [end.rest, ...end.detached].some((deferral) => deferral?.reason === 'held') ? 'failed' : undefined;
}

/** Of a resume: all that was called of the event. */
function wholeOf(statuses: readonly Status[], { end, run }: EndedRun): Outcome | undefined {
  if (statuses.some((status) => status === 'failed' || status === 'waiting')) return 'failed';
  if (end.rest || run.attempts.length === 0) return undefined;
  return statuses.includes('succeeded') ? 'succeeded' : 'unneeded';
}

function skipped({ give_up }: DeferralRecord): Outcome | undefined {
  return give_up ? 'succeeded' : undefined;
}

// An outcome counts once: with it goes the mark of what the operation has asked for.
const countStatement = {
  name: 'count-operation-outcomes',
  text: `with outcomes as materialized (
      select * from json_to_recordset($1::json) as row (operation_id uuid, key text, journal_id uuid, outcome text)
    ), keys as (
      update deferral_keys set operation_id = null from outcomes
      where deferral_keys.key = outcomes.key and deferral_keys.operation_id = outcomes.operation_id
      returning outcomes.operation_id, outcomes.outcome
    ), events as (
      update failures set operation_id = null from outcomes
      where failures.journal_id = outcomes.journal_id and failures.operation_id = outcomes.operation_id
      returning failures.journal_id, outcomes.operation_id, outcomes.outcome
    ), counted as (
      select operation_id, count(*) filter (where outcome = 'succeeded') as succeeded,
        count(*) filter (where outcome = 'failed') as failed, count(*) filter (where outcome = 'unneeded') as unneeded
      from (
        select operation_id, outcome from keys
        union all select operation_id, outcome from (select distinct * from events) as distinct_events
      ) as all_of group by operation_id
    )
    update operation_runs as run set succeeded = run.succeeded + counted.succeeded,
      failed = run.failed + counted.failed,
      unneeded = run.unneeded + counted.unneeded
    from counted where run.operation_id = counted.operation_id`,
};

/** Counts outcomes for their operations. The rows of the keys have to be locked. */
export async function countOutcomes(client: PoolClient, outcomes: readonly OperationOutcome[]): Promise<void> {
  if (outcomes.length > 0) await client.query({ ...countStatement, values: [JSON.stringify(outcomes)] });
}
