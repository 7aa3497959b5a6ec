import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { Lease, Leases, untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { EventSender } from './event-sender.ts';
import { leasedRuns, ReplayRuns, type PendingReplay, type ReplayProgress } from './replay-runs.ts';
import { selectionOf, type Selection } from './replay-selection.ts';

/** A message that was lost is made good within this time, and a replay taken over from an executor that died. */
const lookIntervalMs = 15_000;
/** Events between two looks at whether the replay is still wanted and ours. */
const pageSize = 50;
/**
 * What a replay sends at most. A replay is never urgent for all of its events, and what is live shares the partitions
 * with it: this is a small part of what one executor handles.
 */
const eventsPerSecond = 250;
/** How long a stop waits for what is being sent or written. */
const lastWordsMs = 5_000;

export interface ReplayerParts {
  pool: Pool;
  sender: EventSender;
  logger: Logger;
}

/**
 * Makes the replays that were asked for, one at a time. Of several executors each replay is made by one, under a lease;
 * when that one dies another goes on where it was, and what is then sent a second time is recognised at its partition.
 */
export class Replayer {
  readonly #parts: ReplayerParts;
  readonly #runs: ReplayRuns;
  readonly #leases: Leases;
  readonly #stopping = new AbortController();
  /** Fires when there may be something new to be found. */
  #called = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: ReplayerParts) {
    this.#parts = parts;
    this.#runs = new ReplayRuns(parts.pool);
    this.#leases = new Leases(parts.pool, leasedRuns, (error) =>
      parts.logger.warn({ err: error }, 'failed to renew the lease of a replay'),
    );
  }

  /** Begins to look for replays; does nothing when called again, or after a stop. */
  start(): void {
    if (this.#isStopping() || this.#running) return;
    this.#leases.start();
    this.#running = this.#run();
  }

  /** Looks at once. A replay of many events is interrupted for it: what was asked for may be a single one. */
  look(): void {
    this.#called.abort();
  }

  /** Sends what it is sending, writes that down, and leaves the rest to others. May be called again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    // A database that is away must not keep a process from ending.
    await Promise.race([this.#running, delay(lastWordsMs, undefined, { ref: false })]);
    this.#leases.stop();
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      this.#called = new AbortController();
      try {
        const replay = await this.#read(() => this.#runs.next());
        if (replay) await this.#make(replay);
        else await this.#rest();
      } catch (error) {
        if (this.#isStopping()) return;
        this.#parts.logger.error({ err: error }, 'failed to look for replays; retrying');
        await this.#rest();
      }
    }
  }

  async #make(replay: PendingReplay): Promise<void> {
    // One id for all tries of the claim: it may have been made although the answer got lost.
    const claim = { id: uuidv4(), key: replay.id };
    try {
      await this.#send(replay, claim);
    } catch (error) {
      if (this.#isStopping()) return;
      // Waiting would not help, and trying again would keep it from all others.
      this.#parts.logger.error({ err: error, replayId: replay.id }, 'failed to run replay; giving up');
      await this.#write(() => this.#runs.giveUp(claim));
    } finally {
      await this.#write(() => this.#runs.release(claim));
    }
  }

  async #send(replay: PendingReplay, claim: Pick<Lease, 'id' | 'key'>): Promise<void> {
    const { logger } = this.#parts;
    const selection = selectionOf(replay);
    // The count comes before the claim: it may take longer than a lease lasts.
    const total = replay.begun ? undefined : await this.#read(() => this.#runs.count(selection));
    let askedAt = 0;
    const claimed = await this.#write(() => {
      askedAt = performance.now();
      return total === undefined ? this.#runs.takeOver(claim) : this.#runs.begin(claim, total);
    });
    if (!claimed) return;
    logger.info({ replayId: replay.id, ...claimed }, replay.begun ? 'replay continued' : 'replay started');
    const lease = new Lease(this.#leases, claim.id, claim.key, askedAt);
    const end = await this.#sendPages(replay, selection, claimed, lease)
      .catch((error: unknown) => {
        if (lease.signal.aborted) return 'lost';
        throw error;
      })
      .finally(() => lease.end());
    if (end === 'done' || end === 'cancelled') await this.#write(() => this.#runs.finish(claim, end === 'cancelled'));
    logger.info({ replayId: replay.id }, `replay ${end}`);
  }

  /** Sends page after page, until there are no more, or there is a reason to leave off. */
  async #sendPages(
    { id, handlerIds, eventId }: PendingReplay,
    selection: Selection,
    { published, position }: ReplayProgress,
    lease: Lease,
  ): Promise<'done' | 'cancelled' | 'lost' | 'interrupted'> {
    const signal = AbortSignal.any([this.#stopping.signal, lease.signal]);
    for (;;) {
      if (!(await this.#write(() => this.#runs.isWanted(id)))) return 'cancelled';
      lease.assertOurs();
      const begunAt = performance.now();
      const from = position;
      const page = await this.#read(() => this.#runs.page(selection, from, pageSize));
      if (page.length === 0) return 'done';
      published += await this.#parts.sender.send(page, { id, handlerIds }, signal);
      position = page.at(-1)!.id;
      const reached = { published, position };
      if (!(await this.#write(() => this.#runs.advance(lease, reached)))) return 'lost';
      await this.#pause((page.length * 1_000) / eventsPerSecond - (performance.now() - begunAt));
      if (this.#called.signal.aborted && eventId === null) return 'interrupted';
    }
  }

  /** A question that a stop does not wait for: in a long journal its answer may take a while. */
  #read<T>(question: () => Promise<T>): Promise<T> {
    return this.#write(() => unlessAborted(question(), this.#stopping.signal));
  }

  /** While the database is away it is waited for, until the stop. */
  #write<T>(work: () => Promise<T>): Promise<T> {
    const waits = (error: unknown) => {
      if (!this.#isStopping()) this.#parts.logger.warn({ err: error }, 'replays are waiting for the database');
    };
    return untilAnswered(work, waits, this.#stopping.signal);
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    if (milliseconds > 0) await delay(milliseconds, undefined, { signal });
    signal.throwIfAborted();
  }

  async #rest(): Promise<void> {
    const signal = AbortSignal.any([this.#stopping.signal, this.#called.signal]);
    await delay(lookIntervalMs, undefined, { signal }).catch(() => undefined);
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}

/**
 * Waits for work that cannot be cancelled, until a signal fires.
 *
 * @throws The signal's reason; the result of the work is then ignored.
 */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
