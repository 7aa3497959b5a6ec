import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { untilAnswered } from '#database';
import type { Logger } from '#observability';
import { unlessAborted } from './abortable.ts';
import type { EventSender } from './event-sender.ts';
import type { PendingReplay, ReplayLease, ReplayProgress, ReplayRuns } from './replay-runs.ts';
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
  runs: ReplayRuns;
  sender: EventSender;
  logger: Logger;
}

/**
 * Makes the replays that were asked for, one at a time. Of several executors each replay is made by one, under a lease;
 * when that one dies another goes on where it was, and what is then sent a second time is recognised at its partition.
 */
export class Replayer {
  readonly #parts: ReplayerParts;
  readonly #stopping = new AbortController();
  /** Fires when there may be something new to be found. */
  #called = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: ReplayerParts) {
    this.#parts = parts;
  }

  /** Begins to look for replays; does nothing when called again, or after a stop. */
  start(): void {
    if (!this.#isStopping()) this.#running ??= this.#run();
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
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      this.#called = new AbortController();
      try {
        const replay = await this.#read(() => this.#parts.runs.next());
        if (replay) await this.#make(replay);
        else await this.#rest();
      } catch (error) {
        if (this.#isStopping()) return;
        this.#parts.logger.error({ err: error }, 'could not look for replays; looking again later');
        await this.#rest();
      }
    }
  }

  async #make(replay: PendingReplay): Promise<void> {
    const { runs, logger } = this.#parts;
    const lease = { replayId: replay.id, leaseId: uuidv4() };
    try {
      await this.#send(replay, lease);
    } catch (error) {
      if (this.#isStopping()) return;
      // Waiting would not help, and trying again would keep it from all others.
      logger.error({ err: error, replayId: replay.id }, 'a replay cannot be made, giving it up');
      await this.#write(() => runs.giveUp(lease));
    } finally {
      await this.#write(() => runs.release(lease));
    }
  }

  async #send(replay: PendingReplay, lease: ReplayLease): Promise<void> {
    const { runs, logger } = this.#parts;
    const selection = selectionOf(replay);
    const claimed = await this.#claim(replay, selection, lease);
    if (!claimed) return;
    logger.info({ replayId: replay.id, ...claimed }, replay.begun ? 'replay goes on' : 'replay begins');
    const end = await this.#sendPages(replay, selection, claimed, lease);
    if (end === 'done' || end === 'cancelled') await this.#write(() => runs.finish(lease, end === 'cancelled'));
    logger.info({ replayId: replay.id }, `replay ${end}`);
  }

  /** Sends page after page, until there are no more, or there is a reason to leave off. */
  async #sendPages(
    { id, handlerIds, eventId }: PendingReplay,
    selection: Selection,
    { published, position }: ReplayProgress,
    lease: ReplayLease,
  ): Promise<'done' | 'cancelled' | 'lost' | 'interrupted'> {
    const { runs, sender } = this.#parts;
    for (;;) {
      const standing = await this.#write(() => runs.renew(lease));
      if (standing !== 'wanted') return standing;
      const begunAt = performance.now();
      const from = position;
      const page = await this.#read(() => runs.page(selection, from, pageSize));
      if (page.length === 0) return 'done';
      published += await sender.send(page, { id, handlerIds }, this.#stopping.signal);
      position = page.at(-1)!.id;
      const reached = { published, position };
      if (!(await this.#write(() => runs.advance(lease, reached)))) return 'lost';
      await this.#pause((page.length * 1_000) / eventsPerSecond - (performance.now() - begunAt));
      if (this.#called.signal.aborted && eventId === null) return 'interrupted';
    }
  }

  /** The count comes before the claim: it may take longer than a lease lasts. */
  async #claim(
    { begun }: PendingReplay,
    selection: Selection,
    lease: ReplayLease,
  ): Promise<ReplayProgress | undefined> {
    const { runs } = this.#parts;
    if (begun) return this.#write(() => runs.takeOver(lease));
    const total = await this.#read(() => runs.count(selection));
    return this.#write(() => runs.begin(lease, total));
  }

  /** A question that a stop does not wait for: in a long journal its answer may take a while. */
  #read<T>(question: () => Promise<T>): Promise<T> {
    return this.#write(() => unlessAborted(question(), this.#stopping.signal));
  }

  /** While the database is away it is waited for, until the stop. */
  #write<T>(work: () => Promise<T>): Promise<T> {
    const waits = (error: unknown) => {
      if (!this.#isStopping()) this.#parts.logger.warn({ err: error }, 'replays wait for the database');
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
