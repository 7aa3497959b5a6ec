import type { DeferralReason } from '#contracts';
import type { attemptColumns, eventColumns, WrittenRow } from '#journal';
import type { Progress } from './run.ts';

/** A row of `events`, by column. Times are milliseconds since 1970. */
export type EventRow = WrittenRow<typeof eventColumns>;

/** A row of `attempts`, by column. Times are milliseconds since 1970. */
export type AttemptRow = WrittenRow<typeof attemptColumns>;

/** A row of `deferrals` and what its key's row says when there is none yet. Times are ISO 8601. */
export interface DeferralRow {
  key: string;
  detached: boolean;
  handler_id: string;
  reason: DeferralReason;
  delay_ms: number;
  journal_id: string;
  event_id: string;
  event_type: string;
  object_id: string;
  partition_key: string;
  replay_id: string | null;
  replay_handlers: readonly string[] | null;
  traceparent: string | null;
  received_at: string;
  body: string;
  progress: Progress | null;
}

/** What the journal is given at a time: an attempt, or an event together with what of it goes to the slow lane. */
export type JournalEntry =
  | { readonly attempt: AttemptRow }
  | {
      readonly event: EventRow;
      readonly deferrals: readonly DeferralRow[];
      /** Fires when another executor owns the event, and records its result. */
      readonly lost?: AbortSignal | undefined;
    };
