import type { DeferralReason, Reached } from '#contracts';
import type { attemptColumns, eventColumns, eventValueColumns, WrittenRow } from '#journal';
import type { EventOccurrence, Progress, Resumption } from './run.ts';

/** A row of `events`, by column. Times are milliseconds since 1970. */
export type EventRow = WrittenRow<typeof eventColumns>;

/** A row of `event_values`, by column. */
export type EventValueRow = WrittenRow<typeof eventValueColumns>;

/** A row of `attempts`, by column. Times are milliseconds since 1970. */
export type AttemptRow = WrittenRow<typeof attemptColumns>;

/** A row of `deferrals` and what its key's row says when there is none yet. Times are ISO 8601. */
export interface DeferralRow {
  key: string;
  detached: boolean;
  handler_id: string;
  reason: DeferralReason;
  cause: string | null;
  delay_ms: number;
  held_by: string | null;
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
  resume: Resumption | null;
  replay_of: EventOccurrence | null;
}

/** A row of `failures`, without what the registry writes of it. The time is ISO 8601. */
export interface FailureRow {
  execution_id: string;
  id: string;
  journal_id: string;
  event_id: string;
  event_type: string;
  object_id: string;
  partition_key: string;
  handler_id: string;
  task_type: string;
  replay_id: string | null;
  origin_id: string;
  reason: string;
  message: string;
  reached: Reached;
  attempts: number;
  failed_at: string;
  skipped: readonly string[];
}

/** Whose failure an attempt settles that has succeeded: of the execution itself, and of the one that it repeats. */
export type Recovery = Pick<FailureRow, 'execution_id' | 'origin_id'>;

/** What the journal is given at a time: an attempt, or an event together with what of it goes to the slow lane. */
export type JournalEntry =
  | {
      readonly attempt: AttemptRow;
      /** When the execution has failed with it. */
      readonly failure?: FailureRow | undefined;
      /** When it succeeded in a replay, or in an event that is resumed. */
      readonly recovery?: Recovery | undefined;
    }
  | {
      readonly event: EventRow;
      readonly deferrals: readonly DeferralRow[];
      /** Fires when another executor owns the event, and records its result. */
      readonly lost?: AbortSignal | undefined;
    };
