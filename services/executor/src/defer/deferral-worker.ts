import { setTimeout as delay } from 'node:timers/promises';
import { TransientMap } from '#collections';
import type { DeferralAnswer } from '#contracts';
import { GroupCommit, Leases, untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { EndedRun } from '../record/run.ts';
import { Claim, claimDue, claimKey, claimReleased, upcoming, waitingKeys, type ClaimedKey } from './claims.ts';
import { bodyOf, firstRecords, type DeferralRecord, type WholeRecord } from './deferred-event.ts';
import { completeAll, forItsTurn, putBackIn, type Completed, type Completion } from './completion.ts';
import { mostKeys, Room, type RoomParts } from './room.ts';
import { WakeUp } from './wake-up.ts';

/** Resumes one waiting event. */
export interface EventResumer {
  /** @throws The reason of the claim's lease when it is lost. */
  resume(record: WholeRecord, claim: Claim): Promise<EndedRun>;
}

/** The memory that events may take by their bodies. */
export interface BodyMemory {
  /** Waits for room for a body that is in the database until then; the answer gives it back. */
  take(bytes: number): Promise<() => void>;
}

export interface DeferralWorkerParts extends RoomParts {
  pool: Pool;
  resumer: EventResumer;
  bodies: BodyMemory;
  logger: Logger;
}

/** After this number of events of a key in a row, other due keys are next. */
const eventsInARow = 100;
/** What others have put into the lane, or left behind, is found by looking. */
const lookEveryMs = 5_000;
const faultDelayMs = 30_000;
/** While the database is away. */
const retryLookMs = 1_000;
/** How long what was aborted, or waits for a database that is away, is waited for at the end. */
const lastWordsMs = 3_000;

/**
 * Claims the keys of the slow lane when they are due, and resumes their events in order. It claims many at once, ahead
 * of the calls, and records many results at once.
 */
export class DeferralWorker {
  readonly #parts: DeferralWorkerParts;
  readonly #leases: Leases;
  readonly #completions: GroupCommit<Completion, Completed>;
  readonly #wakeUp = new WakeUp();
  readonly #stopping = new AbortController();
  readonly #underWay = new TransientMap<Claim, Promise<void>>();
  readonly #room: Room;
  /** Whose holds keys wait for, or have waited for. */
  #heldBy: readonly string[] = [];
  #looking: Promise<void> | undefined;

  constructor(parts: DeferralWorkerParts) {
    this.#parts = parts;
    this.#room = new Room(parts);
    this.#leases = new Leases(parts.pool, waitingKeys, (error, leases) =>
      parts.logger.warn({ err: error, leases }, 'failed to renew leases of the slow lane'),
    );
    this.#completions = new GroupCommit((completions) => this.#complete(completions), { maxItems: mostKeys });
  }

  /** Events that it is working on. */
  get inFlight(): number {
    return this.#underWay.size;
  }

  start(): void {
    if (this.#looking || this.#stopping.signal.aborted) return;
    this.#leases.start();
    this.#looking = this.#look();
  }

  /** Call it when a deferral is due after this number of milliseconds. */
  expect(delayMs: number): void {
    this.#wakeUp.within(delayMs);
  }

  /** Tries what a key waits for now. */
  retryNow(key: string): Promise<DeferralAnswer> {
    return this.#take(key, false);
  }

  /** Gives up the execution that a key waits for. */
  giveUp(key: string): Promise<DeferralAnswer> {
    return this.#take(key, true);
  }

  /**
   * Claims nothing more, and waits until running work has ended.
   *
   * @param deadline When it fires, running work is aborted and left to other executors unchanged.
   */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.now();
    await this.#looking;
    const over = deadlineOver(deadline, () => this.#leases.loseAll(new Error('the executor stops')));
    await Promise.race([Promise.all(this.#underWay.values()), over]);
    this.#leases.stop();
  }

  async #look(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wakeUp.within(await this.#takeUpDue());
      await this.#wakeUp.wait();
    }
  }

  /** Takes up what is due and there is room for, and says after how many milliseconds to look again. */
  async #takeUpDue(): Promise<number> {
    const { pool, logger, releases } = this.#parts;
    try {
      if (this.#room.left > 0) {
        const askedAt = performance.now();
        await this.#takeUp(await claimDue(pool, this.#room.places, this.#room.left), askedAt, false);
      }
      await this.#takeUpReleased();
      const { places } = this.#room;
      const isFull = this.#room.left <= 0;
      this.#room.passOver(isFull ? 'any' : places);
      if (isFull) return lookEveryMs;
      const { milliseconds, heldBy } = await upcoming(pool, places);
      const isNew = heldBy.some((id) => !this.#heldBy.includes(id) && !releases.isHeld(id));
      this.#heldBy = heldBy;
      if (isNew) return 0;
      return Math.min(milliseconds ?? lookEveryMs, lookEveryMs, Math.max(releases.nextChangeMs, 0));
    } catch (error) {
      logger.warn({ err: error }, 'slow lane is waiting for the database');
      return retryLookMs;
    }
  }

  /** Takes up what has waited for holds that are over. */
  async #takeUpReleased(): Promise<void> {
    const places = this.#room.releasable(this.#heldBy);
    const { left } = this.#room;
    if (places.size === 0 || left <= 0) return;
    const askedAt = performance.now();
    await this.#takeUp(await claimReleased(this.#parts.pool, places, left), askedAt, false);
  }

  async #take(key: string, giveUp: boolean): Promise<DeferralAnswer> {
    this.#stopping.signal.throwIfAborted();
    const askedAt = performance.now();
    const claimed = await claimKey(this.#parts.pool, key, giveUp);
    if ('kind' in claimed) return claimed;
    await this.#takeUp([claimed], askedAt, true);
    return { kind: 'taken' };
  }

  async #takeUp(claimed: readonly ClaimedKey[], askedAt: number, urgent: boolean): Promise<void> {
    if (claimed.length === 0) return;
    // Not in the claiming statement: that one sees the lane from before the previous owner released the key.
    const records = await firstRecords(
      this.#parts.pool,
      claimed.map(({ key }) => key),
    );
    for (const row of claimed) {
      const record = records.get(row.key);
      if (record) this.#begin(new Claim(this.#leases, row, askedAt, urgent), record);
    }
  }

  #begin(claim: Claim, record: DeferralRecord): void {
    const giveBack = this.#room.take(claim.handlerId, claim.heldBy);
    const work = this.#work(claim, record).finally(() => {
      claim.end();
      this.#underWay.delete(claim);
      if (giveBack()) this.#wakeUp.now();
    });
    this.#underWay.set(claim, work);
  }

  /** Resumes the events of a key, until one has to wait, none is left, or other keys are next. */
  async #work(claim: Claim, first: DeferralRecord): Promise<void> {
    let record: DeferralRecord | undefined = first;
    for (let count = 1; record; count++) {
      if (claim.heldBy !== null && !claim.urgent && !(await this.#isReleased(claim.heldBy))) {
        await this.#completions.ask({ claim, record, ended: null, pause: forItsTurn(claim.heldBy) });
        return;
      }
      const completed = await this.#completed(claim, record);
      record = completed.kind === 'next' ? completed.record : undefined;
      if (record && (count >= eventsInARow || this.#stopping.signal.aborted)) {
        await this.#completions.ask({ claim, record, ended: null });
        return;
      }
      // Only what was asked for is urgent, and not what waits behind it.
      claim.urgent = false;
    }
  }

  /** Waits for the turn of an event that has waited for a hold; false when it does not come soon. */
  async #isReleased(heldBy: string): Promise<boolean> {
    const { isReleased, lookAgain } = await this.#room.turnAfter(heldBy);
    if (lookAgain) this.#wakeUp.now();
    return isReleased;
  }

  /** Resumes an event and records the result; until then its body takes memory. */
  async #completed(claim: Claim, record: DeferralRecord): Promise<Completed> {
    const giveBack = await this.#parts.bodies.take(record.size);
    try {
      return await this.#completions.ask({ claim, record, ...(await this.#goOn(claim, record)) });
    } finally {
      giveBack();
    }
  }

  async #goOn(claim: Claim, record: DeferralRecord): Promise<Pick<Completion, 'ended' | 'pause'>> {
    try {
      const body = record.body ?? (await this.#bodyOf(claim, record));
      // The previous owner of the key has ended it, and the answer to that was lost.
      if (body === undefined) return { ended: null };
      return { ended: await this.#parts.resumer.resume({ ...record, body }, claim) };
    } catch (error) {
      if (claim.signal.aborted) return { ended: null };
      // A fault of ours meets the same event again; not at once, and where people see it.
      this.#parts.logger.error(
        { err: error, eventId: record.event_id, key: claim.key },
        'failed to resume event; retrying',
      );
      return { ended: null, pause: { handlerId: null, reason: 'internal_error', delayMs: faultDelayMs } };
    }
  }

  #bodyOf(claim: Claim, record: DeferralRecord): Promise<string | undefined> {
    const { pool, logger } = this.#parts;
    return untilAnswered(
      () => bodyOf(pool, record),
      (error) => logger.warn({ err: error, eventId: record.event_id }, 'slow lane is waiting for the database'),
      claim.signal,
    );
  }

  async #complete(completions: readonly Completion[]): Promise<Completed[]> {
    const { pool, logger } = this.#parts;
    const completed = await untilAnswered(
      () => completeAll(pool, completions),
      (error) => logger.warn({ err: error, events: completions.length }, 'slow lane is waiting for the database'),
    );
    this.#wakeUp.within(putBackIn(completions));
    return completed;
  }
}

/** Aborts at the deadline, and resolves when what was aborted has had its time. */
async function deadlineOver(deadline: AbortSignal, abort: () => void): Promise<void> {
  if (!deadline.aborted) await new Promise((resolve) => deadline.addEventListener('abort', resolve, { once: true }));
  abort();
  await delay(lastWordsMs, undefined, { ref: false });
}
