import type { Attempt, AttemptRecorder } from '../dispatch/attempt.ts';
import type { Deferral, EventEnd } from '../dispatch/deferral.ts';
import type { EventRecorder } from '../dispatch/dispatcher.ts';
import { traceparentOf, type Run } from '../dispatch/run.ts';
import { journalId } from './journal-id.ts';
import type { AttemptRow, DeferralRow, EventRow } from './journal-rows.ts';
import type { JournalWriter } from './journal-writer.ts';
import { storableJson, storableText } from './storable.ts';

/** The durable record of events and attempts, as those see it who run events. */
export class Journal implements EventRecorder, AttemptRecorder {
  readonly #writer: JournalWriter;
  readonly #executorId: string;
  readonly #onDeferred: (delayMs: number) => void;
  /** Attempts of a run that may not be committed yet. */
  readonly #uncommitted = new WeakMap<Run, Promise<void>[]>();

  /** @param onDeferred Called when something has gone to the slow lane that is due after so many milliseconds. */
  constructor(writer: JournalWriter, executorId: string, onDeferred: (delayMs: number) => void) {
    this.#writer = writer;
    this.#executorId = executorId;
    this.#onDeferred = onDeferred;
  }

  /** As of every recorder; gives the journal's id of the attempt. */
  recordAttempt(attempt: Attempt): string {
    const row = this.#attemptRow(attempt);
    const written = this.#writer.append({ attempt: row });
    // Whether it went well is asked when the event ends. A run that is taken back does not end here, and asks nothing.
    written.catch(() => {});
    const ofRun = this.#uncommitted.get(attempt.run);
    if (ofRun) ofRun.push(written);
    else this.#uncommitted.set(attempt.run, [written]);
    return row.id;
  }

  async recordEvent(run: Run, end: EventEnd | 'duplicate'): Promise<void> {
    const event = eventRow(run, end);
    const deferrals = end === 'duplicate' ? [] : deferralsOf(end);
    const rows = deferrals.map((deferral) => deferralRow(run, event.id, deferral));
    await Promise.all([this.#writer.append({ event, deferrals: rows }), this.attemptsCommitted(run)]);
    if (deferrals.length > 0) this.#onDeferred(Math.min(...deferrals.map(({ delayMs }) => delayMs)));
  }

  /** Resolves when all attempts of a run that were recorded so far are committed. */
  async attemptsCommitted(run: Run): Promise<void> {
    await Promise.all(this.#uncommitted.get(run) ?? []);
  }

  #attemptRow(attempt: Attempt): AttemptRow {
    const { run, startedAt, nextAttemptAt, result } = attempt;
    const failure = result.outcome.kind === 'success' ? undefined : result.outcome;
    return {
      id: journalId(startedAt),
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
      reason: failure?.reason ?? null,
      message: failure ? storableText(failure.message) : null,
      status: attempt.status,
      next_attempt_at: nextAttemptAt?.getTime() ?? null,
      response: storableJson(result.response),
      started_at: startedAt.getTime(),
      duration_ms: attempt.durationMs,
      revision: run.revision,
      replay_id: run.replay?.id ?? null,
      test: run.testId !== null,
      executor_id: this.#executorId,
    };
  }
}

function deferralsOf({ rest, detached }: EventEnd): readonly Deferral[] {
  return rest ? [rest, ...detached] : detached;
}

/** What an event's row says of how it ended. */
export function statusOf(end: EventEnd | 'duplicate'): EventRow['status'] {
  if (end === 'duplicate') return 'duplicate';
  if (deferralsOf(end).length > 0) return 'waiting';
  return end.failed ? 'failed' : 'succeeded';
}

export function eventRow(run: Run, end: EventEnd | 'duplicate'): EventRow {
  const { event, receivedAt, revision } = run;
  const status = statusOf(end);
  return {
    id: journalId(receivedAt),
    event_id: event.id,
    type: event.type,
    object_id: JSON.stringify(event.objectId),
    partition_key: event.partitionKey,
    status,
    occurred_at: event.occurredAt,
    received_at: receivedAt.getTime(),
    finished_at: status === 'waiting' ? null : Date.now(),
    revision,
    failed: end !== 'duplicate' && end.failed,
    skipped: end === 'duplicate' ? [] : end.skipped,
    replay_id: run.replay?.id ?? null,
    test: run.testId !== null,
    traceparent: traceparentOf(run),
    body: event.body,
  };
}

/** @param id The journal's own id of the event. */
export function deferralRow(run: Run, id: string, deferral: Deferral): DeferralRow {
  const { event, receivedAt, replay } = run;
  const { key, detached, handlerId, reason, delayMs, progress } = deferral;
  return {
    key,
    detached,
    handler_id: handlerId,
    reason,
    delay_ms: delayMs,
    journal_id: id,
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
  };
}
