import { setTimeout as delay } from 'node:timers/promises';
import type { DeferralAnswer } from '#contracts';
import { GroupCommit, Leases, untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { EndedRun } from '../record/run.ts';
import {
  Claim,
  claimDue,
  claimKey,
  claimReleased,
  upcoming,
  waitingKeys,
  type ClaimedKey,
  type Places,
} from './claims.ts';
import { bodyOf, firstRecords, type DeferralRecord, type WholeRecord } from './deferred-event.ts';
import { completeAll, forItsTurn, putBackIn, type Completed, type Completion } from './completion.ts';
import { WakeUp } from './wake-up.ts';

/** Resumes one waiting event. */
export interface EventResumer {
  /** @throws The reason of the claim's lease when it is lost. */
  resume(record: WholeRecord, claim: Claim): Promise<EndedRun>;
}

/** How many of the keys that wait for one handler may be processed at a time. */
interface Share {
  readonly most: number;
  /** Further keys are claimed when at most this number is being processed. */
  readonly refillAt: number;
}

export interface ShareSource {
  /** The share of a handler that is not among the others. */
  readonly usualShare: Share;
  /** By the id of a handler, or of a target, whose handlers take of its share as well. */
  readonly shares: ReadonlyMap<string, Share>;
  /** How many keys are worth processing at a time, by the id of a target that limits its calls. */
  readonly limits: ReadonlyMap<string, number>;
  shareOf(id: string): Share;
  /** The target that a handler calls. */
  targetOf(handlerId: string): string | undefined;
}

/** How what has waited for the end of a hold continues, by the id of the handler or target that was held. */
export interface ReleaseSource {
  isHeld(id: string): boolean;
  /** Milliseconds until a hold begins or ends at its time; Infinity when none does. */
  readonly nextChangeMs: number;
  /** How many keys may wait for their turn at a time. */
  shareOf(id: string): Share;
  /** Waits until one more event may continue; false when none may soon. */
  take(id: string): boolean | Promise<boolean>;
}

/** The memory that events may take by their bodies. */
export interface BodyMemory {
  /** Waits for room for a body that is in the database until then; the answer gives it back. */
  take(bytes: number): Promise<() => void>;
}

export interface DeferralWorkerParts {
  pool: Pool;
  resumer: EventResumer;
  shares: ShareSource;
  releases: ReleaseSource;
  bodies: BodyMemory;
  logger: Logger;
}

/** Keys processed at a time. */
const mostKeys = 1_024;
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
  readonly #underWay = new Map<Claim, Promise<void>>();
  /** Keys in progress, by the handler that they waited for, and by its target. */
  readonly #byShare = new Counts();
  /** Keys whose next event waits for its turn after a hold, by what was held. */
  readonly #byHold = new Counts();
  /** Whose holds keys wait for, or have waited for. */
  #heldBy: readonly string[] = [];
  /** Handlers and targets whose keys were not looked for, because enough are in progress; or any. */
  #passedOver: ReadonlySet<string> | 'any' = new Set();
  #looking: Promise<void> | undefined;

  constructor(parts: DeferralWorkerParts) {
    this.#parts = parts;
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
      if (this.#room > 0) {
        const askedAt = performance.now();
        await this.#takeUp(await claimDue(pool, this.#places(), this.#room), askedAt, false);
      }
      await this.#takeUpReleased();
      const places = this.#places();
      if (this.#room <= 0) {
        this.#passedOver = 'any';
        return lookEveryMs;
      }
      this.#passedOver = new Set([...places.special].flatMap(([id, more]) => (more === 0 ? [id] : [])));
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

  /** How many more keys may be in progress. */
  get #room(): number {
    return mostKeys - this.#underWay.size;
  }

  /** Takes up what has waited for holds that are over. */
  async #takeUpReleased(): Promise<void> {
    const { pool, releases } = this.#parts;
    const room = this.#room;
    const places = new Map<string, number>();
    for (const id of this.#heldBy) {
      const more = releases.isHeld(id) ? 0 : this.#releasable(id);
      if (more > 0) places.set(id, more);
    }
    if (places.size === 0 || room <= 0) return;
    const askedAt = performance.now();
    await this.#takeUp(await claimReleased(pool, places, room), askedAt, false);
  }

  /** How many more keys to take up that a handler or target has held: its share holds for them as well. */
  #releasable(id: string): number {
    const { shares, releases } = this.#parts;
    const { most } = shares.shareOf(id);
    return Math.min(placesIn(releases.shareOf(id), this.#byHold.of(id)), Math.max(most - this.#byShare.of(id), 0));
  }

  /** How many more keys to take up. */
  #places(): Places {
    const { usualShare, shares, limits } = this.#parts.shares;
    const special = new Map<string, number>();
    for (const id of new Set([...shares.keys(), ...this.#byShare.ids])) {
      special.set(id, placesIn(shares.get(id) ?? usualShare, this.#byShare.of(id)));
    }
    const limited = new Map([...limits].map(([id, most]) => [id, Math.max(most - this.#byShare.of(id), 0)]));
    return { usual: usualShare.most, special, limited };
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
    const { handlerId, heldBy } = claim;
    const targetId = this.#parts.shares.targetOf(handlerId);
    const shares = targetId === undefined ? [handlerId] : [handlerId, targetId];
    this.#byShare.add(shares, 1);
    const work = this.#work(claim, record).finally(() => {
      claim.end();
      this.#underWay.delete(claim);
      this.#byShare.add(shares, -1);
      if (this.#mayHavePlaces(shares, heldBy)) this.#wakeUp.now();
    });
    this.#underWay.set(claim, work);
  }

  /** Whether to look again, since there are places for keys that were not looked for. */
  #mayHavePlaces(shares: readonly string[], heldBy: string | null): boolean {
    if (this.#passedOver === 'any') return true;
    const { shares: source } = this.#parts;
    if (heldBy !== null && this.#releasable(heldBy) > 0) return true;
    const passedOver = this.#passedOver;
    return shares.some((id) => passedOver.has(id) && placesIn(source.shareOf(id), this.#byShare.of(id)) > 0);
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
    const { releases } = this.#parts;
    // Nothing of it is called, so that nothing is to be put off; where it waits is found out as for any event.
    if (releases.isHeld(heldBy)) return true;
    this.#byHold.add([heldBy], 1);
    try {
      return await releases.take(heldBy);
    } finally {
      this.#byHold.add([heldBy], -1);
      if (this.#releasable(heldBy) > 0) this.#wakeUp.now();
    }
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

/** Counts by id, of which those that are not 0 are kept. */
class Counts {
  readonly #counts = new Map<string, number>();

  get ids(): Iterable<string> {
    return this.#counts.keys();
  }

  of(id: string): number {
    return this.#counts.get(id) ?? 0;
  }

  add(ids: readonly string[], number: number): void {
    for (const id of ids) {
      const count = this.of(id) + number;
      if (count === 0) this.#counts.delete(id);
      else this.#counts.set(id, count);
    }
  }
}

/** How many more keys to take up of a share. */
function placesIn({ most, refillAt }: Share, underWay: number): number {
  return underWay > refillAt ? 0 : most - underWay;
}

/** Aborts at the deadline, and resolves when what was aborted has had its time. */
async function deadlineOver(deadline: AbortSignal, abort: () => void): Promise<void> {
  if (!deadline.aborted) await new Promise((resolve) => deadline.addEventListener('abort', resolve, { once: true }));
  abort();
  await delay(lastWordsMs, undefined, { ref: false });
}
