import type { DeferralReason, EventStatus, ExecutionStatus, OutcomeKind, TaskType } from '#contracts';
import type { Progress } from './run.ts';

/** A row of `events`, by column. Times are milliseconds since 1970. */
export interface EventRow {
  id: string;
  event_id: string;
  type: string;
  object_id: string;
  partition_key: string;
  status: EventStatus;
  occurred_at: number;
  received_at: number;
  finished_at: number | null;
  revision: number;
  failed: boolean;
  skipped: readonly string[];
  replay_id: string | null;
  test: boolean;
  traceparent: string | null;
  body: string;
}

/** A row of `attempts`, by column. Times are milliseconds since 1970. */
export interface AttemptRow {
  id: string;
  execution_id: string;
  event_id: string;
  event_type: string;
  object_id: string;
  handler_id: string;
  task_type: TaskType;
  position: number;
  number: number;
  counted: boolean;
  outcome: OutcomeKind;
  reason: string | null;
  message: string | null;
  status: ExecutionStatus;
  next_attempt_at: number | null;
  response: string;
  started_at: number;
  duration_ms: number;
  revision: number;
  replay_id: string | null;
  test: boolean;
  executor_id: string;
}

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
      /** Fires when somebody else has the event, and writes down what becomes of it. */
      readonly lost?: AbortSignal | undefined;
    };
