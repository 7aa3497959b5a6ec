import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { Lease, Leases, untilAnswered, type Pool } from '#database';
import type { OperationKind } from '#contracts';
import type { Logger } from '#observability';
import { nextStep } from './next-step.ts';
import type { Item, Kind } from './operation-kinds.ts';
import { leasedRuns, OperationRuns, type OperationProgress, type PendingOperation } from './operation-runs.ts';
import type { Selection } from './selections.ts';

/** A message that was lost is made good within this time, and an operation taken over from an executor that died. */
const lookIntervalMs = 5_000;
/**
 * Items that an operation begins in a second if it does not say so itself. An operation is never urgent for all of its
 * items, and what is live shares the partitions with it: this is a small part of what one executor handles.
 */
const usualPerSecond = 250;
/** How often to look at outcomes that are waited for. */
const lookAtOutcomesMs = 200;
/** Operations at a time in one executor; the rest waits, or is carried out by others. */
const mostOperations = 32;
/** How long a stop waits for what is being sent or written. */
const lastWordsMs = 5_000;

export interface OperationRunnerParts {
  pool: Pool;
  kinds: Readonly<Record<OperationKind, Kind>>;
  logger: Logger;
}

type End = 'done' | 'cancelled' | 'stopped' | 'lost';

/**
 * Carries out the operations that were asked for. Of several executors each operation is carried out by one, under a
 * lease; when that one dies another continues where it was, and what is then begun a second time is recognised at its
 * turn.
 */
export class OperationRunner {
  readonly #parts: OperationRunnerParts;
  readonly #runs: OperationRuns;
  readonly #leases: Leases;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  /** Fires when there may be something new to be found. */
  #called = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: OperationRunnerParts) {
    this.#parts = parts;
    this.#runs = new OperationRuns(parts.pool);
    this.#leases = new Leases(parts.pool, leasedRuns, (error) =>
      parts.logger.warn({ err: error }, 'failed to renew the lease of an operation'),
    );
  }

  /** Begins to look for operations; does nothing when called again, or after a stop. */
  start(): void {
    if (this.#isStopping() || this.#running) return;
    this.#leases.start();
    this.#running = this.#run();
  }

  /** Looks at once. */
  look(): void {
    this.#called.abort();
  }

  /** Sends what it is sending, writes that down, and leaves the rest to others. May be called again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    // A database that is away must not keep a process from ending.
    const ended = Promise.all([this.#running, ...this.#underWay]);
    await Promise.race([ended, delay(lastWordsMs, undefined, { ref: false })]);
    this.#leases.stop();
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      this.#called = new AbortController();
      try {
        const begun = this.#underWay.size < mostOperations && (await this.#beginNext());
        if (!begun) await this.#rest();
      } catch (error) {
        if (this.#isStopping()) return;
        this.#parts.logger.error({ err: error }, 'failed to look for operations; retrying');
        await this.#rest();
      }
    }
  }

  /** @returns Whether there was one. */
  async #beginNext(): Promise<boolean> {
    const operation = await this.#read(() => this.#runs.next());
    if (!operation) return false;
    const claimed = Promise.withResolvers<undefined>();
    const work = this.#carryOut(operation, () => claimed.resolve(undefined)).finally(() => {
      claimed.resolve(undefined);
      this.#underWay.delete(work);
      this.look();
    });
    this.#underWay.add(work);
    // Until then it would be found again.
    await claimed.promise;
    return true;
  }

  async #carryOut(operation: PendingOperation, onClaimed: () => void): Promise<void> {
    // One id for all tries of the claim: it may have been made although the answer got lost.
    const claim = { id: uuidv4(), key: operation.id };
    try {
      await this.#claimAndRelease(operation, claim, onClaimed);
    } catch (error) {
      if (this.#isStopping()) return;
      // Waiting would not help, and trying again would keep it from all others.
      this.#parts.logger.error({ err: error, operationId: operation.id }, 'failed to run operation; giving up');
      await this.#write(async () => this.#parts.kinds[operation.kind].cleanUp?.(operation)).catch(() => undefined);
      await this.#write(() => this.#runs.giveUp(claim)).catch(() => undefined);
    } finally {
      await this.#write(() => this.#runs.release(claim)).catch(() => undefined);
    }
  }

  async #claimAndRelease(
    operation: PendingOperation,
    claim: Pick<Lease, 'id' | 'key'>,
    onClaimed: () => void,
  ): Promise<void> {
    const { kinds, logger } = this.#parts;
    const { id: operationId, kind } = operation;
    const selection = kinds[kind].select(operation);
    // The count comes before the claim: it may take longer than a lease lasts.
    const total = operation.begun ? undefined : await this.#read(() => this.#runs.count(selection));
    let askedAt = 0;
    const claimed = await this.#write(() => {
      askedAt = performance.now();
      return total === undefined ? this.#runs.takeOver(claim) : this.#runs.begin(claim, total);
    });
    onClaimed();
    if (!claimed) return;
    logger.info({ operationId, kind, ...claimed }, operation.begun ? 'operation continued' : 'operation started');
    const lease = new Lease(this.#leases, claim.id, claim.key, askedAt);
    const end = await this.#releaseAll(operation, selection, claimed, lease)
      .catch((error: unknown): End => {
        if (lease.signal.aborted) return 'lost';
        throw error;
      })
      .finally(() => lease.end());
    if (end !== 'lost') {
      // First, since a client that sees the end may request the next operation at once.
      await this.#write(async () => kinds[kind].cleanUp?.(operation));
      if (end === 'stopped') await this.#write(() => this.#runs.judgeCanary(claim, 'failed'));
      await this.#write(() => this.#runs.finish(claim, end === 'done'));
    }
    logger.info({ operationId, kind }, `operation ${end}`);
  }

  /** Begins with one page after another, until nothing is left, or there is a reason to leave off. */
  async #releaseAll(
    operation: PendingOperation,
    selection: Selection,
    progress: OperationProgress,
    lease: Lease,
  ): Promise<End> {
    const { canary } = operation;
    const kind = this.#parts.kinds[operation.kind];
    const { hasOutcomes, beginsAtOnce } = kind;
    const perSecond = operation.perSecond ?? usualPerSecond;
    const signal = AbortSignal.any([this.#stopping.signal, lease.signal]);
    let { released, position } = progress;
    let pace = {
      canary,
      isJudged: canary === null || !hasOutcomes,
      isLast: false,
      perSecond,
      hasOutcomes,
      beginsAtOnce,
    };
    await this.#write(async () => kind.prepare?.(operation));
    for (;;) {
      const begunAt = performance.now();
      const standing = await this.#write(() => this.#runs.standing(operation.id));
      let step = nextStep(pace, standing);
      if (step.do !== 'end' || step.end !== 'cancelled') lease.assertOurs();
      if (step.do === 'judge') {
        await this.#write(() => this.#runs.judgeCanary(lease, 'succeeded'));
        pace = { ...pace, isJudged: true };
        step = nextStep(pace, standing);
      }
      if (step.do === 'end') return step.end;
      if (step.do !== 'release') {
        await this.#pause(lookAtOutcomesMs, signal);
        continue;
      }
      const [from, { most }] = [position, step];
      const page = await this.#read(() => this.#runs.page<Item>(selection, from, most));
      if (page.length === 0) {
        pace = { ...pace, isLast: true };
        continue;
      }
      const { begun, unneeded } = await this.#write(() => kind.release(page, operation, signal));
      released += begun;
      position = page.at(-1)!.position;
      const reached = { released, unneeded, position };
      if (!(await this.#write(() => this.#runs.advance(lease, reached)))) return 'lost';
      await this.#pause((page.length * 1_000) / perSecond - (performance.now() - begunAt), signal);
    }
  }

  /** A question that a stop does not wait for: in a long journal its answer may take a while. */
  #read<T>(question: () => Promise<T>): Promise<T> {
    return this.#write(() => unlessAborted(question(), this.#stopping.signal));
  }

  /** While the database is away it is waited for, until the stop. */
  #write<T>(work: () => Promise<T>): Promise<T> {
    const waits = (error: unknown) => {
      if (!this.#isStopping()) this.#parts.logger.warn({ err: error }, 'operations are waiting for the database');
    };
    return untilAnswered(work, waits, this.#stopping.signal);
  }

  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
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
