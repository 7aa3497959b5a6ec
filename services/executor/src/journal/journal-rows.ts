import type { EventStatus, ExecutionStatus, OutcomeKind, TaskType } from '#contracts';

/** A row of `events`, by column. Times are ISO 8601. */
export interface EventRow {
  id: string;
  event_id: string;
  type: string;
  object_id: string;
  partition_key: string;
  status: EventStatus;
  occurred_at: string;
  received_at: string;
  finished_at: string;
  revision: number;
  skipped: string[];
  body: string;
}

/** A row of `attempts`, by column. Times are ISO 8601. */
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
  outcome: OutcomeKind;
  reason: string | null;
  message: string | null;
  status: Exclude<ExecutionStatus, 'skipped'>;
  response: string;
  started_at: string;
  duration_ms: number;
  revision: number;
  executor_id: string;
}

/** What the journal is given at a time. */
export type JournalEntry = { readonly event: EventRow } | { readonly attempt: AttemptRow };
