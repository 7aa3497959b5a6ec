import type { DeferralReason } from '#contracts';
import type { EventEnd } from '../dispatch/deferral.ts';
import type { Progress } from '../dispatch/progress.ts';
import type { DeferralRow } from '../journal/journal-rows.ts';
import type { DeferralRecord } from './deferred-event.ts';

/** When a key is to be taken up again, and what it waits for; null: for what it did. */
export interface PutBack {
  readonly handlerId: string | null;
  readonly reason: DeferralReason | null;
  readonly delayMs: number;
}

/** What has become of the first event of a key while its lease was held. */
export interface Settlement {
  readonly leaseId: string;
  readonly key: string;
  readonly record: DeferralRecord;
  /** `ended`: nothing of it is left here. `waits`: it waits again. `released`: nothing was done, somebody else may. */
  readonly kind: 'ended' | 'waits' | 'released';
  readonly failed: boolean;
  readonly skipped: readonly string[];
  /** Null when it ended. */
  readonly putBack: PutBack | null;
  /** As it is now, when it waits again. */
  readonly progress: Progress | null;
  /** Executions that go on beside it from now on. */
  readonly detached: readonly DeferralRow[];
}

/** What the lane says to a settlement: whether the lease still held, and what is next for the key. */
export type Settled =
  | { readonly kind: 'lost' }
  | { readonly kind: 'done' }
  /** Another event of the key waits, and the lease goes on. */
  | { readonly kind: 'next'; readonly record: DeferralRecord };

interface Held {
  readonly id: string;
  readonly key: string;
}

/** What follows for the lane from how a chain went. */
export function settlementOf(
  lease: Held,
  record: DeferralRecord,
  end: EventEnd,
  detached: readonly DeferralRow[],
): Settlement {
  const { rest, failed, skipped } = end;
  return {
    leaseId: lease.id,
    key: lease.key,
    record,
    kind: rest ? 'waits' : 'ended',
    failed,
    skipped,
    putBack: rest && { handlerId: rest.handlerId, reason: rest.reason, delayMs: rest.delayMs },
    progress: rest?.progress ?? null,
    detached,
  };
}

/** Lets go of a key as it is, for whoever takes it up next. */
export function release(lease: Held, record: DeferralRecord, putBack: PutBack = atOnce): Settlement {
  const nothing = { failed: false, skipped: [], progress: null, detached: [] };
  return { leaseId: lease.id, key: lease.key, record, kind: 'released', putBack, ...nothing };
}

const atOnce: PutBack = { handlerId: null, reason: null, delayMs: 0 };
