import { setTimeout as delay } from 'node:timers/promises';
import { TransientSet } from '#collections';
import type { Logger } from '#observability';
import { WakeUp } from '../defer/wake-up.ts';
import type { Finding } from './partition-probe.ts';

/**
 * The path of events, by what this executor knows about the partitions.
 *
 * - `forwarding`: each event goes to the partition of its key.
 * - `opening`: events wait until everything that was forwarded has arrived at this executor.
 * - `direct`: this executor handles events where it receives them.
 * - `closing`: like `forwarding`, while events that were handled directly still run. Later events go behind them.
 */
export type OwnershipState = 'forwarding' | 'opening' | 'direct' | 'closing';

const transitions: Record<OwnershipState, readonly OwnershipState[]> = {
  forwarding: ['opening'],
  opening: ['direct', 'forwarding', 'closing'],
  direct: ['closing'],
  closing: ['forwarding', 'opening'],
};

/** @throws {Error} When the state may not follow the other: a fault of ours. */
export function assertTransition(from: OwnershipState, to: OwnershipState): void {
  if (!transitions[from].includes(to)) throw new Error(`the ownership of partitions cannot go from ${from} to ${to}`);
}

/** Finds out who reads the partitions. */
export interface Survey {
  round(patienceMs: number): Promise<Finding>;
}

export interface PartitionOwnershipParts {
  survey: Survey;
  /** Called when events are no longer handled directly; resolves when those that were have ended. */
  onClosing: () => Promise<unknown>;
  logger: Logger;
  times?: Partial<OwnershipTimes>;
  /** Milliseconds, of a clock that never goes back. */
  now?: () => number;
}

/** All in milliseconds. */
export interface OwnershipTimes {
  /** Between two looks at who reads the partitions, while events come. */
  readonly betweenLooks: number;
  /** When nothing comes from the partitions for so long, another executor has the probe that is missing. */
  readonly probePatience: number;
  /** How long the intake may pause, so that forwarded events arrive. */
  readonly standstill: number;
  /** After a try in vain: the next one would most likely be in vain as well. */
  readonly rest: number;
  /** After an event without an id of its own: where one comes from, more do. */
  readonly keptForwarding: number;
  /** When no event has come for so long, nothing asks who reads the partitions. */
  readonly idle: number;
}

const usualTimes: OwnershipTimes = {
  betweenLooks: 1_000,
  probePatience: 1_000,
  standstill: 10_000,
  rest: 30_000,
  keptForwarding: 60_000,
  idle: 10_000,
};

/**
 * Decides whether events take the hop through their partitions. While one executor reads both the intake and every
 * partition, it would send its events to itself, and handles them directly instead.
 *
 * Direct dispatch begins only when nothing that was forwarded is left in the partitions but with this executor, which
 * handles it before what follows. It ends as soon as another executor reads a partition, so that the load is shared,
 * and in the moment in which the session is lost by which this executor reads them, since another executor gets what it
 * had of them.
 */
export class PartitionOwnership {
  readonly #parts: PartitionOwnershipParts;
  readonly #times: OwnershipTimes;
  readonly #now: () => number;
  #state: OwnershipState = 'forwarding';
  /** Ends the watch over the session of the partitions; there while the state is `direct`. */
  #leaving = new AbortController();
  /** What was handled directly and has not ended. */
  #underWay: Promise<unknown> | undefined;
  /** Of the session by which events are taken in. */
  #intake: AbortSignal | undefined;
  #decided: Promise<undefined> | undefined;
  /** Events on their way to the partitions. */
  readonly #forwarding = new TransientSet<Promise<unknown>>();
  /** How often there was a reason to forward. */
  #reasons = 0;
  #notBefore = 0;
  #arrivedAt = 0;
  #looking = false;
  #stopped = false;
  readonly #wakeUp = new WakeUp();

  constructor(parts: PartitionOwnershipParts) {
    this.#parts = parts;
    this.#times = { ...usualTimes, ...parts.times };
    this.#now = parts.now ?? (() => performance.now());
  }

  get state(): OwnershipState {
    return this.#state;
  }

  /** Whether an event may be handled here whose turn it is. */
  get isDirect(): boolean {
    return this.#state === 'direct';
  }

  /**
   * Resolves when it is decided which way events go; undefined when it is. Events that wait for it go in the order in
   * which they came.
   */
  get decided(): Promise<undefined> | undefined {
    return this.#decided;
  }

  /**
   * To be called with each event, before it goes either way.
   *
   * @param intake Of the session by which it is taken in. Between two sessions another executor may have forwarded
   * events.
   */
  arriving(intake: AbortSignal): void {
    this.#arrivedAt = this.#now();
    if (intake !== this.#intake) {
      this.#intake = intake;
      this.#close('events are taken in anew');
      // The sooner it opens again, the less is on its way by the partitions.
      this.#wakeUp.now();
    }
    if (this.#looking) return;
    this.#looking = true;
    void this.#look();
  }

  /** To be called with each event that is forwarded. */
  forwarding(sent: Promise<unknown>): void {
    this.#forwarding.add(sent);
    const forget = () => this.#forwarding.delete(sent);
    sent.then(forget, forget);
  }

  /** Forwards events for a while. */
  keepForwarding(): void {
    this.#close('events without an id of their own come');
    this.#notBefore = this.#now() + this.#times.keptForwarding;
  }

  /** Looks no more at who reads the partitions. */
  stop(): void {
    this.#stopped = true;
    this.#leaving.abort();
    this.#wakeUp.now();
  }

  async #look(): Promise<void> {
    while (!this.#stopped && this.#now() - this.#arrivedAt < this.#times.idle) {
      const { reads } = await this.#parts.survey.round(this.#times.probePatience);
      if (reads === 'some') this.#close('another executor reads partitions, or they have a backlog');
      if (reads === 'all' && !this.isDirect && this.#now() >= this.#notBefore) await this.#tryToOpen();
      this.#wakeUp.within(this.#times.betweenLooks);
      await this.#wakeUp.wait();
    }
    this.#looking = false;
  }

  /** Pauses the intake until no event is on its way to the partitions or waits in them. */
  async #tryToOpen(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#decided = promise;
    this.#enter('opening');
    const reasons = this.#reasons;
    const session = await this.#settled();
    if (session && !session.aborted && reasons === this.#reasons) {
      this.#open(session);
    } else {
      this.#enter(this.#underWay ? 'closing' : 'forwarding');
      this.#notBefore = Math.max(this.#notBefore, this.#now() + this.#times.rest);
    }
    this.#decided = undefined;
    resolve(undefined);
  }

  /** The session by which this executor reads all partitions, when it has got everything that was forwarded. */
  async #settled(): Promise<AbortSignal | undefined> {
    const { standstill, probePatience } = this.#times;
    // Some may have to wait for a long call of their key that is made here.
    const arrived = await within(probePatience, Promise.allSettled(this.#forwarding));
    const finding = arrived && (await within(standstill, this.#parts.survey.round(probePatience)));
    return finding?.reads === 'all' ? finding.session : undefined;
  }

  #open(session: AbortSignal): void {
    this.#enter('direct');
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    session.addEventListener('abort', () => this.#close('the partitions are lost'), { once: true, signal });
    this.#parts.logger.info('direct dispatch started: the intake handles events itself');
  }

  #close(reason: string): void {
    this.#reasons += 1;
    if (this.#state !== 'direct') return;
    this.#leaving.abort();
    this.#enter('closing');
    this.#parts.logger.info({ reason }, 'direct dispatch ended: events pass through their partitions');
    const underWay = this.#parts.onClosing();
    this.#underWay = underWay;
    void underWay.then(() => {
      if (this.#underWay !== underWay) return;
      this.#underWay = undefined;
      if (this.#state === 'closing') this.#enter('forwarding');
    });
  }

  #enter(state: OwnershipState): void {
    assertTransition(this.#state, state);
    this.#state = state;
  }
}

/** What work comes to; undefined when it takes too long. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  const late = delay(milliseconds, undefined, { signal: done.signal, ref: false }).catch(() => undefined);
  const result = await Promise.race([work, late]);
  done.abort();
  return result;
}
