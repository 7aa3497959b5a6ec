import { isDataError, NaturalBatch, untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { JournalEntry } from './journal-rows.ts';
import { writeEntries } from './journal-statement.ts';

/** The database will not have this entry, however often it is asked. */
export class JournalRefused extends Error {
  override readonly name = 'JournalRefused';
  readonly code = 'journal_refused';
}

const maxEntriesPerStatement = 1_000;
const maxCharactersPerStatement = 8 * 1024 * 1024;

/**
 * Writes the journal in natural batches. While the database is away entries wait; they are bounded by the messages that
 * the broker hands out unacknowledged.
 */
export class JournalWriter {
  readonly #pool: Pool;
  readonly #logger: Logger;
  readonly #onWritten: (entries: number, milliseconds: number) => void;
  readonly #batch = new NaturalBatch<JournalEntry, JournalRefused | undefined>((entries) => this.#write(entries), {
    maxItems: maxEntriesPerStatement,
    maxWeight: maxCharactersPerStatement,
    weigh: (entry) => ('attempt' in entry ? entry.attempt.response.length : entry.event.body.length),
  });

  /** @param onWritten Told of each statement that was committed: its entries, and how long it took, milliseconds. */
  constructor(pool: Pool, logger: Logger, onWritten: (entries: number, milliseconds: number) => void = () => {}) {
    this.#pool = pool;
    this.#logger = logger;
    this.#onWritten = onWritten;
  }

  /**
   * Resolves when the entry is committed.
   *
   * @throws {JournalRefused} When the database cannot store it.
   */
  async append(entry: JournalEntry): Promise<void> {
    const refused = await this.#batch.ask(entry);
    if (refused) throw refused;
  }

  /** Resolves when everything that was appended is settled. */
  flush(): Promise<void> {
    return this.#batch.idle();
  }

  async #write(entries: readonly JournalEntry[]): Promise<(JournalRefused | undefined)[]> {
    const startedAt = performance.now();
    try {
      await untilAnswered(
        () => writeEntries(this.#pool, entries),
        (error) => this.#logger.warn({ err: error, entries: entries.length }, 'the journal waits for the database'),
      );
      this.#onWritten(entries.length, performance.now() - startedAt);
      return entries.map(() => undefined);
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
