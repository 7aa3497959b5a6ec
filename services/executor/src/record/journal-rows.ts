import type { DeferralReason, Reached } from '#contracts';
import type { attemptColumns, eventColumns, eventValueColumns, WrittenRow } from '#journal';
import type { Hold } from '../call/call.ts';
import type { Failure } from '../call/outcome.ts';
import {
  originOf,
  traceparentOf,
  type Attempt,
  type Deferral,
  type EventEnd,
  type EventOccurrence,
  type Progress,
  type Resumption,
  type Run,
} from './run.ts';

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
      /** The right to write it; it is lost when another executor has the event, and records its result. */
      readonly hold?: Pick<Hold, 'assertOurs'> | undefined;
    };

/** The row of an attempt. */
export function attemptRow(attempt: Attempt, executorId: string): AttemptRow {
  const { id, run, startedAt, nextAttemptAt, result } = attempt;
  return {
    id,
    execution_id: attempt.executionId,
    event_id: run.event.id,
    event_type: run.event.type,
    object_id: JSON.stringify(run.event.objectId),
    handler_id: attempt.handlerId,
    task_type: attempt.taskType,
    position: attempt.position,
    number: attempt.number,
    counted: attempt.counted,
    outcome: result.outcome.kind,
    reason: result.outcome.reason ?? null,
    message: result.outcome.message === undefined ? null : storableText(result.outcome.message),
    reached: result.reached,
    status: attempt.status,
    next_attempt_at: nextAttemptAt,
    response: storableJson(result.response),
    kept: attempt.kept ? JSON.stringify(attempt.kept) : null,
    started_at: startedAt.getTime(),
    duration_ms: attempt.durationMs,
    revision: run.revision,
    replay_id: run.replay?.id ?? null,
    test: run.testId !== null,
    executor_id: executorId,
  };
}

/** The row of the failure that an attempt opens. */
export function failureRow(attempt: Attempt): FailureRow {
  const { id, run, result, failure } = attempt;
  const { event } = run;
  const { attempts, reached, skips } = failure!;
  // What has failed has not succeeded.
  const { reason, message } = result.outcome as Failure;
  return {
    ...recoveryOf(attempt),
    id,
    journal_id: run.journalId,
    event_id: event.id,
    event_type: event.type,
    object_id: JSON.stringify(event.objectId),
    partition_key: event.partitionKey,
    handler_id: attempt.handlerId,
    task_type: attempt.taskType,
    replay_id: run.replay?.id ?? null,
    reason,
    message: storableText(message),
    reached,
    attempts,
    failed_at: new Date(attempt.startedAt.getTime() + attempt.durationMs).toISOString(),
    skipped: skips,
  };
}

/** Only these runs can succeed where one of the same event has failed. */
export function mayRecover({ replay, resumed, testId }: Run): boolean {
  return testId === null && (replay !== null || resumed);
}

/** What an attempt settles that has succeeded. */
export function recoveryOf({ run, handlerId, executionId }: Attempt): Recovery {
  return { execution_id: executionId, origin_id: originOf(run, handlerId) };
}

/**
 * The row of an event, as far as it has come.
 *
 * @param now Milliseconds since 1970.
 */
export function eventRow(run: Run, end: EventEnd, now: number): EventRow {
  const { journalId, event, receivedAt, revision, replay } = run;
  const { status, failed, skipped, disabled } = end;
  return {
    id: journalId,
    event_id: event.id,
    type: event.type,
    object_id: JSON.stringify(event.objectId),
    partition_key: event.partitionKey,
    status,
    occurred_at: event.occurredAt,
    received_at: receivedAt.getTime(),
    finished_at: status === 'waiting' ? null : now,
    revision,
    failed,
    skipped,
    disabled,
    replay_id: replay?.id ?? null,
    replay_of: replay?.of?.eventId ?? null,
    test: run.testId !== null,
    traceparent: traceparentOf(run),
    body: event.body,
  };
}

/** The row of what goes to the slow lane. */
export function deferralRow(run: Run, deferral: Deferral): DeferralRow {
  const { journalId, event, receivedAt, replay } = run;
  const { key, detached, handlerId, reason, cause, delayMs, heldBy = null, progress } = deferral;
  return {
    key,
    detached,
    handler_id: handlerId,
    reason,
    cause,
    delay_ms: delayMs,
    held_by: heldBy,
    journal_id: journalId,
    event_id: event.id,
    event_type: event.type,
    object_id: JSON.stringify(event.objectId),
    partition_key: event.partitionKey,
    replay_id: replay?.id ?? null,
    replay_handlers: replay?.handlerIds ?? null,
    traceparent: traceparentOf(run),
    received_at: receivedAt.toISOString(),
    body: event.body,
    progress,
    resume: null,
    replay_of: replay?.of ?? null,
  };
}

/** Text as PostgreSQL can keep it: it has no NUL and no lone surrogates, which become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/**
 * What JSON.stringify writes for a NUL or a lone surrogate; in a text it may also stand for a backslash and what
 * follows.
 */
const unstorable = /\\u(?:0000|d[89a-f])/;

/** JSON text of what others sent, with every string in it made storable. */
export function storableJson(value: unknown): string {
  try {
    const text = stringified(value);
    // Nearly nothing needs more than this look, which takes a fraction of the time of looking at each string.
    return text !== undefined && !unstorable.test(text) ? text : JSON.stringify(value, storableItem);
  } catch (error) {
    // Nested deeper than the stack is high. That it came is worth keeping, even without what it said.
    if (error instanceof RangeError) return JSON.stringify({ unreadable: error.message });
    throw error;
  }
}

/** Undefined when it holds what JSON does not know. */
function stringified(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function storableItem(_key: string, item: unknown): unknown {
  if (typeof item === 'string') return storableText(item);
  // AMQP has 64-bit numbers, JSON has none that are exact.
  return typeof item === 'bigint' ? item.toString() : item;
}
