import { isDataError, GroupCommit, untilAnswered, WorkWatch, type Now, type Pool } from '#database';
import type { Logger } from '#observability';
import { FieldValues, type SearchField } from '#search';
import type { Hold } from '../call/call.ts';
import {
  attemptRow,
  deferralRow,
  eventRow,
  failureRow,
  mayRecover,
  recoveryOf,
  type JournalEntry,
} from './journal-rows.ts';
import { writeEntries } from './journal-statement.ts';
import { deferralsOf, type Attempt, type EventEnd, type Run } from './run.ts';

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
   * @param hold Asked just before each try: when another executor has the event, it is not written any more, and what
   * the hold says is thrown.
   * @throws {JournalRefused} When the database cannot store it.
   */
  async recordEvent(run: Run, end: EventEnd, hold?: Pick<Hold, 'assertOurs'>): Promise<void> {
    const { now, observer, onDeferred } = this.#parts;
    const event = eventRow(run, end, now());
    const deferrals = deferralsOf(end).map((deferral) => deferralRow(run, deferral));
    const failure = await this.#batch.ask({ event, deferrals, hold });
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
    if (!('event' in entry) || !entry.hold) continue;
    // It asks the clock: after a pause of the process an answer of the database can come before what fires a signal.
    try {
      entry.hold.assertOurs();
    } catch (error) {
      lost.set(entry, error as Error);
    }
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
