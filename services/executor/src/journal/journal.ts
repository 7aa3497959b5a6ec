import type { CatalogHandler } from '../catalog/handler-catalog.ts';
import type { Attempt, AttemptRecorder } from '../dispatch/attempt-maker.ts';
import type { EventRecorder } from '../dispatch/dispatcher.ts';
import type { Run } from '../dispatch/run.ts';
import { journalId } from './journal-id.ts';
import type { AttemptRow, EventRow } from './journal-rows.ts';
import type { JournalWriter } from './journal-writer.ts';
import { storableJson, storableText } from './storable.ts';

/** The durable record of events and attempts, as the dispatcher sees it. */
export class Journal implements EventRecorder, AttemptRecorder {
  readonly #writer: JournalWriter;
  readonly #executorId: string;
  /** Attempts of a run that may not be committed yet. */
  readonly #uncommitted = new WeakMap<Run, Promise<void>[]>();

  constructor(writer: JournalWriter, executorId: string) {
    this.#writer = writer;
    this.#executorId = executorId;
  }

  recordAttempt(attempt: Attempt): void {
    const written = this.#writer.append({ attempt: this.#attemptRow(attempt) });
    // Whether it went well is asked when the event ends. A run that is taken back does not end here, and asks nothing.
    written.catch(() => {});
    const ofRun = this.#uncommitted.get(attempt.run);
    if (ofRun) ofRun.push(written);
    else this.#uncommitted.set(attempt.run, [written]);
  }

  async recordEvent(run: Run, status: EventRow['status'], skipped: readonly CatalogHandler[]): Promise<void> {
    const written = this.#writer.append({ event: eventRow(run, status, skipped) });
    await Promise.all([written, ...(this.#uncommitted.get(run) ?? [])]);
  }

  #attemptRow({
    run,
    handler,
    position,
    executionId,
    attempt,
    startedAt,
    durationMs,
    result,
    status,
  }: Attempt): AttemptRow {
    const { outcome, response } = result;
    const failed = outcome.kind !== 'success';
    return {
      id: journalId(startedAt),
      execution_id: executionId,
      event_id: run.event.id,
      event_type: run.event.type,
      object_id: JSON.stringify(run.event.objectId),
      handler_id: handler.id,
      task_type: handler.task.type,
      position,
      number: attempt,
      outcome: outcome.kind,
      reason: failed ? outcome.reason : null,
      message: failed ? storableText(outcome.message) : null,
      status,
      response: storableJson(response),
      started_at: startedAt.toISOString(),
      duration_ms: durationMs,
      revision: run.revision,
      executor_id: this.#executorId,
    };
  }
}

function eventRow(
  { event, receivedAt, revision }: Run,
  status: EventRow['status'],
  skipped: readonly CatalogHandler[],
): EventRow {
  return {
    id: journalId(receivedAt),
    event_id: event.id,
    type: event.type,
    object_id: JSON.stringify(event.objectId),
    partition_key: event.partitionKey,
    status,
    occurred_at: new Date(event.occurredAt).toISOString(),
    received_at: receivedAt.toISOString(),
    finished_at: new Date().toISOString(),
    revision,
    skipped: skipped.map(({ id }) => id),
    body: event.body,
  };
}
