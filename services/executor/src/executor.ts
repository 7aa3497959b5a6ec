import type { BrokerConnection, Consumer } from '#broker';
import { schemaIsReady, untilAnswered, type Pool } from '#database';
import type { Logger, Tracing } from '#observability';
import type { CatalogKeeper } from './catalog/catalog-keeper.ts';
import type { DeferralWorker } from './deferral/deferral-worker.ts';
import type { Heartbeat } from './health/heartbeat.ts';
import type { JournalDays } from './journal/journal-days.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { Replayer } from './replay/replayer.ts';

export interface ExecutorParts {
  pool: Pool;
  connections: readonly BrokerConnection[];
  catalog: CatalogKeeper;
  shortcut: { stop(): void };
  /** In the order of an event's way. */
  consumers: readonly Consumer[];
  deferrals: DeferralWorker;
  replayer: Replayer;
  journal: JournalWriter;
  journalDays: JournalDays;
  /** What they hold open is closed when no more calls are made. */
  runners: readonly { close(): Promise<void> }[];
  /** There while traces are on. */
  tracing: Tracing | undefined;
  heartbeat: Heartbeat;
  logger: Logger;
  shutdownTimeoutMs: number;
}

/** What is aborted at the deadline still has to be written down; more than this it may not take. */
const lastWritesMs = 5_000;

/** Starts and stops the executor's parts in their order. Both may be called again. */
export class Executor {
  readonly #parts: ExecutorParts;
  readonly #stopping = new AbortController();
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  /** Resolves when events are being consumed or as soon as the broker lets them; waits for database and schema. */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Takes no more events, finishes those it has, and leaves nothing open. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #start(): Promise<void> {
    const { pool, catalog, consumers, deferrals, replayer, journalDays, heartbeat, logger } = this.#parts;
    const { signal } = this.#stopping;
    const waits = (error: unknown) => logger.warn({ err: error }, 'waiting for the database');
    await untilAnswered(() => this.#assertSchema(pool), waits, signal);
    await untilAnswered(() => catalog.start(), waits, signal);
    await journalDays.start();
    // A stop that came while we waited has nothing to drain, and must find nothing started.
    if (signal.aborted) return;
    heartbeat.start();
    deferrals.start();
    for (const consumer of consumers) consumer.start();
    replayer.start();
  }

  async #assertSchema(pool: Pool): Promise<void> {
    if (!(await schemaIsReady(pool))) throw new Error('the registry has not brought the schema up to date yet');
  }

  async #stop(): Promise<void> {
    const { connections, consumers, deferrals, replayer, journal, runners, heartbeat, pool, logger } = this.#parts;
    this.#stopping.abort();
    this.#parts.shortcut.stop();
    // Whatever kept it from starting is no concern of the stop.
    await this.#started?.catch(() => {});
    logger.info('stopping: no more work is begun, what is under way is finished');
    const deadline = AbortSignal.timeout(this.#parts.shutdownTimeoutMs);
    await Promise.all([replayer.stop(), ...[...consumers, deferrals].map((part) => part.stop(deadline))]);
    if (deadline.aborted) logger.warn('the time to stop is up: what still ran was aborted and returns to its queue');
    await within(lastWritesMs, journal.flush());
    this.#parts.journalDays.stop();
    this.#parts.catalog.stop();
    await Promise.all([...runners.map((runner) => runner.close()), this.#parts.tracing?.stop()]);
    await Promise.all(connections.map((connection) => connection.close()));
    await within(lastWritesMs, heartbeat.stop()).catch((error: unknown) => {
      logger.warn({ err: error }, 'the heartbeat stays behind, and is taken for dead when it is old');
    });
    await within(lastWritesMs, pool.end());
    logger.info('stopped');
  }
}

/** Waits for work, but not for ever: a database that is away must not keep a process from ending. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
