import { setTimeout as delay } from 'node:timers/promises';
import type { DeferralAnswer } from '#contracts';
import { GroupCommit, untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { EndedRun } from '../record/run.ts';
import { claimDue, claimKey, leaseMs, nextDue, type Claim, type Shares } from './claims.ts';
import type { DeferralRecord, WholeRecord } from './deferred-event.ts';
import { KeyLeases, type Lease } from './leases.ts';
import { bodyOf, firstRecords, settleAll, type Settled, type Settlement } from './settling.ts';
import { WakeUp } from './wake-up.ts';

/** Goes on with one event that waited. */
export interface EventResumer {
  /** @throws The lease's reason when it is lost. */
  resume(record: WholeRecord, lease: Lease): Promise<EndedRun>;
}

/** How many keys may be under way at a time that wait for one handler. */
export interface ShareSource {
  readonly usualShare: number;
  /** By handler id, where it is not the usual number. */
  specialShares(): ReadonlyMap<string, number>;
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
  bodies: BodyMemory;
  logger: Logger;
}

/** Keys under way at a time. */
const mostKeys = 512;
/** So many events of a key are gone on with in a row, then it is the turn of others that are due. */
const eventsInARow = 100;
/** What others have put into the lane, or left behind, is found by looking. */
const lookEveryMs = 5_000;
const faultDelayMs = 30_000;
/** While the database is away. */
const retryLookMs = 1_000;
/** How long what was aborted, or waits for a database that is away, is waited for at the end. */
const lastWordsMs = 3_000;

/** Takes up the keys of the slow lane when they are due, and goes on with their events in their order. */
export class DeferralWorker {
  readonly #parts: DeferralWorkerParts;
  readonly #leases: KeyLeases;
  readonly #settlements: GroupCommit<Settlement, Settled>;
  readonly #wakeUp = new WakeUp();
  readonly #stopping = new AbortController();
  /** Work under way on each key. */
  readonly #underWay = new Map<Lease, { readonly handlerId: string; readonly work: Promise<void> }>();
  #looking: Promise<void> | undefined;

  constructor(parts: DeferralWorkerParts) {
    this.#parts = parts;
    this.#leases = new KeyLeases(parts.pool, parts.logger);
    this.#settlements = new GroupCommit((settlements) => this.#settle(settlements), { maxItems: mostKeys });
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

  /** To be called when something has gone to the lane that is due after so many milliseconds. */
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
   * Takes up nothing more and waits until what is under way has ended.
   *
   * @param deadline When it fires, what still runs is aborted, and left to others as it was.
   */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.now();
    await this.#looking;
    const over = deadlineOver(deadline, () => this.#leases.loseAll(new Error('the executor stops')));
    await Promise.race([Promise.all([...this.#underWay.values()].map(({ work }) => work)), over]);
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
    const { pool, logger } = this.#parts;
    const room = mostKeys - this.#underWay.size;
    // Whatever ends makes room, and wakes us.
    if (room <= 0) return lookEveryMs;
    try {
      const shares = this.#sharesLeft();
      const askedAt = performance.now();
      const claims = await claimDue(pool, shares, room);
      if (claims.length > 0) {
        await this.#takeUp(claims, askedAt, 'slow');
        return 0;
      }
      return Math.min((await nextDue(pool, shares)) ?? lookEveryMs, lookEveryMs);
    } catch (error) {
      logger.warn({ err: error }, 'the slow lane waits for the database');
      return retryLookMs;
    }
  }

  #sharesLeft(): Shares {
    const { usualShare: usual } = this.#parts.shares;
    const special = new Map(this.#parts.shares.specialShares());
    for (const { handlerId } of this.#underWay.values()) {
      special.set(handlerId, (special.get(handlerId) ?? usual) - 1);
    }
    return { usual, special };
  }

  async #take(key: string, giveUp: boolean): Promise<DeferralAnswer> {
    this.#stopping.signal.throwIfAborted();
    const askedAt = performance.now();
    const claim = await claimKey(this.#parts.pool, key, giveUp);
    if ('kind' in claim) return claim;
    await this.#takeUp([claim], askedAt, 'urgent');
    return { kind: 'taken' };
  }

  async #takeUp(claims: readonly Claim[], askedAt: number, lane: 'slow' | 'urgent'): Promise<void> {
    // Not in the statement that claims: that one sees the lane as it was before whoever had the key last let go of it.
    const records = await firstRecords(
      this.#parts.pool,
      claims.map(({ key }) => key),
    );
    for (const claim of claims) {
      const record = records.get(claim.key);
      if (!record) continue;
      const lease = this.#leases.add({ ...claim, lane }, askedAt, leaseMs);
      const work = this.#work(lease, record).finally(() => {
        this.#leases.remove(lease);
        this.#underWay.delete(lease);
        this.#wakeUp.now();
      });
      this.#underWay.set(lease, { handlerId: claim.handlerId, work });
    }
  }

  /** Goes on with the events of a key, until one has to wait, or none is left, or it is somebody else's turn. */
  async #work(lease: Lease, first: DeferralRecord): Promise<void> {
    let record: DeferralRecord | undefined = first;
    for (let count = 1; record; count++) {
      const settled = await this.#settled(lease, record);
      record = settled.kind === 'next' ? settled.record : undefined;
      if (record && (count >= eventsInARow || this.#stopping.signal.aborted)) {
        await this.#settlements.ask({ lease, record, ended: null });
        return;
      }
      // Only what was asked for is urgent, and not what waits behind it.
      lease.lane = 'slow';
    }
  }

  /** Goes on with an event and writes down what has become of it; until then what it says takes memory. */
  async #settled(lease: Lease, record: DeferralRecord): Promise<Settled> {
    const giveBack = await this.#parts.bodies.take(record.size);
    try {
      return await this.#settlements.ask({ lease, record, ...(await this.#goOn(lease, record)) });
    } finally {
      giveBack();
    }
  }

  async #goOn(lease: Lease, record: DeferralRecord): Promise<Pick<Settlement, 'ended' | 'pause'>> {
    try {
      const body = record.body ?? (await this.#bodyOf(lease, record));
      // Whoever had the key before has ended it, and the answer to that got lost.
      if (body === undefined) return { ended: null };
      return { ended: await this.#parts.resumer.resume({ ...record, body }, lease) };
    } catch (error) {
      if (lease.signal.aborted) return { ended: null };
      // A fault of ours meets the same event again; not at once, and where people see it.
      this.#parts.logger.error(
        { err: error, eventId: record.event_id, key: lease.key },
        'an event cannot be gone on with',
      );
      return { ended: null, pause: { handlerId: null, reason: 'internal_error', delayMs: faultDelayMs } };
    }
  }

  #bodyOf(lease: Lease, record: DeferralRecord): Promise<string | undefined> {
    const { pool, logger } = this.#parts;
    return untilAnswered(
      () => bodyOf(pool, record),
      (error) => logger.warn({ err: error, eventId: record.event_id }, 'the slow lane waits for the database'),
      lease.signal,
    );
  }

  #settle(settlements: readonly Settlement[]): Promise<Settled[]> {
    const { pool, logger } = this.#parts;
    return untilAnswered(
      () => settleAll(pool, settlements),
      (error) => logger.warn({ err: error, events: settlements.length }, 'the slow lane waits for the database'),
    );
  }
}

/** Aborts at the deadline, and resolves when what was aborted has had its time. */
async function deadlineOver(deadline: AbortSignal, abort: () => void): Promise<void> {
  if (!deadline.aborted) await new Promise((resolve) => deadline.addEventListener('abort', resolve, { once: true }));
  abort();
  await delay(lastWordsMs, undefined, { ref: false });
}
