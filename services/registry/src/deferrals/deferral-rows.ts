import { noHandler, type AttemptResponse, type DeferralReason } from '#contracts';
import type { Redaction } from '#redaction';
import { readObjectId } from '../journal/object-id.ts';
import { responseSummary } from '../journal/response-summary.ts';
import type { DeferralView, LastAttemptView } from './dto/deferral.dto.ts';

/** How far an event is, as the executors write it; as far as it is read here. */
interface Progress {
  steps: { handlerId: string; attempts: number }[];
}

/** A key that waits, with the first of its events. */
export interface DeferralRow {
  key: string;
  detached: boolean;
  waiting_since: Date;
  /** `waiting_since` to the microsecond, see {@link DeferralPosition}. */
  micros: string;
  due_at: Date;
  reason: DeferralReason;
  handler_id: string;
  handler_name: string | null;
  running: boolean;
  event_id: string;
  event_type: string;
  object_id: string;
  /** Null before the event has begun. */
  progress: Progress | null;
  behind: number;
  /** Of the latest attempt; null when there is none. */
  last_number: number | null;
  last_started_at: Date;
  last_reason: string | null;
  last_message: string | null;
  last_response: string;
}

export function deferralView(row: DeferralRow, redaction: Redaction): DeferralView {
  return {
    key: row.key,
    detached: row.detached,
    waitingSince: row.waiting_since.toISOString(),
    dueAt: row.due_at.toISOString(),
    reason: row.reason,
    handlerId: handlerIdOf(row.handler_id),
    handlerName: row.handler_name,
    event: { id: row.event_id, type: row.event_type, objectId: readObjectId(row.object_id) },
    attempts: row.progress?.steps.find(({ handlerId }) => handlerId === row.handler_id)?.attempts ?? 0,
    lastAttempt: lastAttemptView(row, redaction),
    behind: row.behind,
    running: row.running,
  };
}

function lastAttemptView(row: DeferralRow, redaction: Redaction): LastAttemptView | null {
  if (row.last_number === null) return null;
  return {
    number: row.last_number,
    startedAt: row.last_started_at.toISOString(),
    reason: row.last_reason,
    message: row.last_message && redaction.text(row.last_message),
    response: responseSummary(JSON.parse(row.last_response) as AttemptResponse, row.last_message, redaction),
  };
}

/** The handler that a key waits for, null for an event without a plan. */
export function handlerIdOf(column: string): string | null {
  return column === noHandler ? null : column;
}
