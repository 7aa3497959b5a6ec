import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '#observability';

/** All in milliseconds. */
export interface DatabaseWatchTimes {
  /** For how long work waits before the database is looked for. */
  readonly giveUpAfter: number;
  /** Between two looks. */
  readonly betweenLooks: number;
}

const usualTimes: DatabaseWatchTimes = { giveUpAfter: 15_000, betweenLooks: 1_000 };

/** What is read from the broker. */
export interface Pausable {
  pause(reason: Error): void;
  resume(): void;
}

export interface DatabaseWatchParts {
  /** For how long the oldest work has been waiting for the database. */
  stalledMs: () => number;
  /** Resolves when a new connection to the database can be used. */
  reach: () => Promise<void>;
  consumers: readonly Pausable[];
  /** Resolves when all is written that can be written still. */
  flush: () => Promise<void>;
  logger: Logger;
  times?: Partial<DatabaseWatchTimes>;
}

/**
 * Gives the partitions and the intake up when work waits for a database that this executor cannot reach: others may
 * reach it, and take over. Takes part again when the database can be reached, and what is known of the calls that were
 * made is written down.
 */
export class DatabaseWatch {
  readonly #parts: DatabaseWatchParts;
  readonly #times: DatabaseWatchTimes;
  readonly #stopping = new AbortController();
  #lost: Error | undefined;
  #watching: Promise<void> | undefined;

  constructor(parts: DatabaseWatchParts) {
    this.#parts = parts;
    this.#times = { ...usualTimes, ...parts.times };
  }

  start(): void {
    this.#watching ??= this.#watch();
  }

  /** Looks no more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watching;
  }

  /** @throws {Error} While partitions are released. */
  assertHeld(): void {
    if (this.#lost) throw this.#lost;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.look();
      await delay(this.#times.betweenLooks, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Looks once. */
  async look(): Promise<void> {
    if (this.#lost) await this.#tryToReturn();
    else if (this.#parts.stalledMs() >= this.#times.giveUpAfter) await this.#tryToReach();
  }

  async #tryToReach(): Promise<void> {
    const { reach, consumers, logger } = this.#parts;
    try {
      await reach();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#lost = new Error('database lost: partitions released', { cause: error });
      logger.error({ err: error }, 'database lost: releasing partitions until it is back');
      for (const consumer of consumers) consumer.pause(this.#lost);
    }
  }

  async #tryToReturn(): Promise<void> {
    const { reach, flush, consumers, logger } = this.#parts;
    try {
      await reach();
    } catch {
      // As before; it was said when it began.
      return;
    }
    // What is redelivered is not called again where the journal has the call.
    await Promise.race([flush(), aborted(this.#stopping.signal)]);
    this.#lost = undefined;
    logger.info('database is back: consuming partitions again');
    for (const consumer of consumers) consumer.resume();
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
