import { isDataError, GroupCommit, untilAnswered, type Now, type Pool } from '#database';
import type { Failure } from '../call/outcome.ts';
import type { Logger } from '#observability';
import { FieldValues, type SearchField } from '#search';
import type { AttemptRow, DeferralRow, EventRow, FailureRow, JournalEntry, Recovery } from './journal-rows.ts';
import { writeEntries } from './journal-statement.ts';
import { deferralsOf, originOf, traceparentOf, type Attempt, type Deferral, type EventEnd, type Run } from './run.ts';
import { storableJson, storableText } from './storable.ts';
import { WorkWatch } from './work-watch.ts';

/** Observes events and attempts at the journal; handler tests are not among them. */
export interface JournalObserver {
  attempt(attempt: Attempt): void;
  /** An event has left the fast lane, and is committed. */
  event(run: Run, end: EventEnd): void;
  /** A statement was committed: its entries, and how long it took. */
  written(entries: number, milliseconds: number): void;
}

export interface JournalParts {
  pool: Pool;
  executorId: string;
  /** The database's clock. */
  now: Now;
  observer: JournalObserver;
  /** Called when a deferral is due after this number of milliseconds. */
  onDeferred: (delayMs: number) => void;
  logger: Logger;
  /** Fields of events whose values are indexed. */
  searchFields: readonly SearchField[];
}

/** The database will not have this entry, however often it is asked. */
class JournalRefused extends Error {
  override readonly name = 'JournalRefused';
  readonly code = 'journal_refused';
}

const batchOptions = {
  maxItems: 1_000,
  /** Characters. */
  maxWeight: 8 * 1024 * 1024,
  weigh: (entry: JournalEntry) => ('attempt' in entry ? entry.attempt.response.length : entry.event.body.length),
};

/**
 * The durable record of events and attempts. It is written in group commit; while the database is away entries wait.
 * They are bounded by the messages that the broker hands out unacknowledged.
 */
export class Journal {
  readonly #parts: JournalParts;
  readonly #searched: FieldValues | undefined;
  readonly #batch = new GroupCommit<JournalEntry, Error | undefined>((entries) => this.#write(entries), batchOptions);
  /** How the commits get on. */
  readonly watch = new WorkWatch('commit');

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.#searched = parts.searchFields.length > 0 ? new FieldValues(parts.searchFields) : undefined;
  }

  /** Takes an attempt on; the end of its event waits until it is committed. */
  recordAttempt(attempt: Attempt): void {
    const { executorId, observer } = this.#parts;
    const { run } = attempt;
    if (run.testId === null) observer.attempt(attempt);
    const committed = this.#batch.ask({
      attempt: attemptRow(attempt, executorId),
      failure: attempt.failure && run.testId === null ? failureRow(attempt) : undefined,
      recovery: attempt.status === 'succeeded' && mayRecover(run) ? recoveryOf(attempt) : undefined,
    });
    // Whether it went well is asked when the event ends. A run that is taken back does not end here, and asks nothing.
    committed.catch(() => {});
    run.attempts.push({ attempt, committed });
  }

  /**
   * Resolves when the event, all its attempts, and what of it goes to the slow lane are committed.
   *
   * @param lost Fires when another executor has the event: it is not written any more then, and the signal's reason is
   * thrown.
   * @throws {JournalRefused} When the database cannot store it.
   */
  async recordEvent(run: Run, end: EventEnd, lost?: AbortSignal): Promise<void> {
    const { now, observer, onDeferred } = this.#parts;
    const event = eventRow(run, end, now());
    const deferrals = deferralsOf(end).map((deferral) => deferralRow(run, deferral));
    const failure = await this.#batch.ask({ event, deferrals, lost });
    if (failure) throw failure;
    await attemptsCommitted(run);
    if (deferrals.length > 0) onDeferred(Math.min(...deferrals.map(({ delay_ms }) => delay_ms)));
    if (run.testId === null) observer.event(run, end);
  }

  /** Resolves when everything that was recorded is settled. */
  flush(): Promise<void> {
    return this.#batch.idle();
  }

  async #write(entries: readonly JournalEntry[]): Promise<(Error | undefined)[]> {
    const { pool, logger, observer } = this.#parts;
    const startedAt = performance.now();
    // Those that were lost until the last try: it did not have them.
    let lost = new Map<JournalEntry, Error>();
    const tryToWrite = () => {
      lost = lostOf(entries);
      const ours = entries.filter((entry) => !lost.has(entry));
      return ours.length === 0 ? Promise.resolve() : writeEntries(pool, ours, this.#searched);
    };
    const waits = (error: unknown) =>
      logger.warn({ err: error, entries: entries.length }, 'journal is waiting for the database');
    try {
      await this.watch.during(() => untilAnswered(tryToWrite, waits));
      observer.written(entries.length - lost.size, performance.now() - startedAt);
      return entries.map((entry) => lost.get(entry));
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (entries.length === 1) return [new JournalRefused(`the journal cannot store it: ${(error as Error).message}`)];
      // One entry must not keep the others out: halve until it stands alone.
      const middle = entries.length >> 1;
      const first = await this.#write(entries.slice(0, middle));
      return first.concat(await this.#write(entries.slice(middle)));
    }
  }
}

/** The events that another executor has by now and will record; the calls were made nevertheless, and are kept. */
function lostOf(entries: readonly JournalEntry[]): Map<JournalEntry, Error> {
  const lost = new Map<JournalEntry, Error>();
  for (const entry of entries) {
    if ('event' in entry && entry.lost?.aborted) lost.set(entry, entry.lost.reason as Error);
  }
  return lost;
}

/**
 * Resolves when all attempts of a run that were recorded so far are committed.
 *
 * @throws {JournalRefused} When the database cannot store one.
 */
export async function attemptsCommitted({ attempts }: Run): Promise<void> {
  for (const { committed } of attempts) {
    const failure = await committed;
    if (failure) throw failure;
  }
}

function attemptRow(attempt: Attempt, executorId: string): AttemptRow {
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

function failureRow(attempt: Attempt): FailureRow {
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
function mayRecover({ replay, resumed, testId }: Run): boolean {
  return testId === null && (replay !== null || resumed);
}

function recoveryOf({ run, handlerId, executionId }: Attempt): Recovery {
  return { execution_id: executionId, origin_id: originOf(run, handlerId) };
}

/** @param now Milliseconds since 1970. */
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
