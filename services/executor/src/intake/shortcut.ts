import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '#observability';
import type { Finding } from '../partitions/partition-probe.ts';
import { WakeUp } from '../wake-up.ts';

/** Finds out who reads the partitions. */
export interface Survey {
  round(patienceMs: number): Promise<Finding>;
}

/** All in milliseconds. */
export interface ShortcutTimes {
  /** Between two looks at who reads the partitions, while events come. */
  readonly betweenLooks: number;
  /** When nothing comes from the partitions for so long, a probe that is missing is with somebody else. */
  readonly probePatience: number;
  /** How long the intake may stand still, to let what is under way to the partitions arrive. */
  readonly standstill: number;
  /** After a try in vain: the next one would most likely be in vain as well. */
  readonly rest: number;
  /** After an event without an id of its own: where one comes from, more do. */
  readonly keptClosed: number;
  /** When no event has come for so long, nobody asks who reads the partitions. */
  readonly idle: number;
}

const usualTimes: ShortcutTimes = {
  betweenLooks: 1_000,
  probePatience: 1_000,
  standstill: 10_000,
  rest: 30_000,
  keptClosed: 60_000,
  idle: 10_000,
};

/**
 * The way past the partitions. While one executor reads both the intake and every partition, sending its events to itself by way
 * of the broker would get it nothing: it handles them where it takes them in.
 *
 * It opens only when nothing that was forwarded is left in the partitions but with this executor, which handles it before what
 * comes by the shortcut. It closes as soon as somebody else reads a partition, so that the load is shared, and at once when the session
 * is lost by which this executor reads them, since what it had of them goes to somebody else.
 */
export class Shortcut {
  readonly #survey: Survey;
  readonly #logger: Logger;
  readonly #times: ShortcutTimes;
  /** Fires when the partitions are lost; there while the shortcut is open. */
  #partitions: AbortSignal | undefined;
  /** That of the session by which events are taken in. */
  #intake: AbortSignal | undefined;
  #deciding: Promise<undefined> | undefined;
  /** What is under way to the partitions. */
  readonly #forwarding = new Set<Promise<unknown>>();
  /** How often there was a reason to be closed. */
  #reasons = 0;
  #notBefore = 0;
  #wantedAt = 0;
  #looking = false;
  #stopped = false;
  readonly #wakeUp = new WakeUp();

  constructor(survey: Survey, logger: Logger, times: Partial<ShortcutTimes> = {}) {
    this.#survey = survey;
    this.#logger = logger;
    this.#times = { ...usualTimes, ...times };
  }

  /** Whether an event may be handled here whose turn it is. */
  get open(): boolean {
    return this.#partitions !== undefined && !this.#partitions.aborted;
  }

  /** What is to be waited for before another event goes either way. Events that wait for it go in the order in which they came. */
  get deciding(): Promise<undefined> | undefined {
    return this.#deciding;
  }

  /**
   * To be called with each event, before it is asked which way it goes.
   *
   * @param intake Of the session by which it is taken in. In between two sessions somebody else may have forwarded events.
   */
  wanted(intake: AbortSignal): void {
    this.#wantedAt = performance.now();
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

  /** Closes it, and keeps it closed for a while. */
  keepClosed(): void {
    this.#close('events without an id of their own come');
    this.#notBefore = performance.now() + this.#times.keptClosed;
  }

  /** Looks no more at who reads the partitions. */
  stop(): void {
    this.#stopped = true;
    this.#wakeUp.now();
  }

  async #look(): Promise<void> {
    while (!this.#stopped && performance.now() - this.#wantedAt < this.#times.idle) {
      const { reads } = await this.#survey.round(this.#times.probePatience);
      if (reads === 'some') this.#close('another executor reads partitions, or they have a backlog');
      if (reads === 'all' && !this.open && performance.now() >= this.#notBefore) await this.#tryToOpen();
      this.#wakeUp.within(this.#times.betweenLooks);
      await this.#wakeUp.wait();
    }
    this.#looking = false;
  }

  /** Lets the intake stand still until nothing is under way to the partitions, nor waits in them. */
  async #tryToOpen(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#deciding = promise;
    const reasons = this.#reasons;
    const partitions = await this.#settled();
    if (partitions && reasons === this.#reasons) this.#partitions = partitions;
    else this.#notBefore = Math.max(this.#notBefore, performance.now() + this.#times.rest);
    this.#deciding = undefined;
    resolve(undefined);
    if (this.open) this.#logger.info('shortcut open: events are handled where they are taken in');
  }

  /** The session by which this executor reads all partitions, when it has got everything that was forwarded. */
  async #settled(): Promise<AbortSignal | undefined> {
    const { standstill, probePatience } = this.#times;
    // Some may have to wait for a long call of their key that is made here.
    const arrived = await within(probePatience, Promise.allSettled(this.#forwarding));
    const finding = arrived && (await within(standstill, this.#survey.round(probePatience)));
    return finding?.reads === 'all' ? finding.session : undefined;
  }

  #close(reason: string): void {
    if (this.open) this.#logger.info({ reason }, 'shortcut closed: events go by way of the partitions');
    this.#partitions = undefined;
    this.#reasons += 1;
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
