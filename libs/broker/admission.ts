import { performance } from 'node:perf_hooks';
import type { ConsumeMessage } from 'amqplib';
import type { Held } from './delivery.ts';

/** Nothing else counts the memory of unopened messages. Beyond this they are opened without regard to any limit. */
const mostWaitingBytes = 4 * 1024 * 1024;

export interface AdmissionOptions {
  readonly subscriptions: number;
  /** Messages of each subscription that are worked on at a time. */
  readonly mostHeld: number;
  /** Messages of all subscriptions that are worked on while the process is busy; no such limit without it. */
  readonly leastHeld?: number | undefined;
  /** Begins to work on what a message brings. */
  readonly open: (held: Held, message: ConsumeMessage) => void;
}

/**
 * Decides when work on a received message begins. Until then it stays unopened, and later messages of its queue
 * wait behind it.
 */
export class Admission {
  readonly #open: AdmissionOptions['open'];
  readonly #limit: ConcurrencyLimit | undefined;
  /** Subscriptions with messages that wait to be opened; the next to be opened is first. */
  readonly #waiting = new Set<Held>();
  /** Bytes of the bodies of messages that wait to be opened. */
  #waitingBytes = 0;
  /** Messages of all subscriptions that are worked on. */
  #inAll = 0;
  #stopped = false;

  constructor(options: AdmissionOptions) {
    const { leastHeld: least, mostHeld, subscriptions, open } = options;
    this.#open = open;
    if (least === undefined) return;
    this.#limit = new ConcurrencyLimit({ least, most: mostHeld * subscriptions, onMore: () => this.#openWaiting() });
  }

  /** To be called with each message, in the order of delivery. */
  receive(held: Held, message: ConsumeMessage): void {
    if (this.#stopped) return;
    if (held.waiting.length === 0 && this.#mayOpen(held)) {
      this.#open(held, message);
      return;
    }
    held.waiting.push(message);
    this.#waitingBytes += message.content.length;
    this.#waiting.add(held);
    this.#limit?.wanted();
    if (this.#waitingBytes > mostWaitingBytes) this.#openWaiting();
  }

  /** To be called when work on one of the messages that a message brought begins. */
  begun(held: Held): void {
    held.count++;
    this.#inAll++;
  }

  /** To be called when that work has ended, however it did. */
  ended(held: Held): void {
    held.count--;
    this.#inAll--;
    if (this.#waiting.size > 0) this.#openWaiting();
  }

  /** Stops opening messages. Those that wait, or come later, return to their queue with the session. */
  stop(): void {
    this.#stopped = true;
    this.#limit?.enough();
  }

  #mayOpen(held: Held): boolean {
    if (this.#waitingBytes > mostWaitingBytes) return true;
    return held.count < held.most && (!this.#limit || this.#inAll < this.#limit.current);
  }

  /** Opens waiting messages as far as the limits allow, one of each queue in turn. */
  #openWaiting(): void {
    if (this.#stopped) return;
    for (const held of this.#waiting) {
      if (!this.#mayOpen(held)) continue;
      this.#waiting.delete(held);
      const message = held.waiting.shift()!;
      this.#waitingBytes -= message.content.length;
      // It goes behind the others, and comes up again in this very loop.
      if (held.waiting.length > 0) this.#waiting.add(held);
      this.#open(held, message);
    }
    if (this.#waiting.size === 0) this.#limit?.enough();
  }
}

const tickMs = 20;
/** Below this share of its time the event loop could do more. */
const busyShare = 0.9;
/** By how much the limit changes with a tick. */
const step = 32;

export interface ConcurrencyLimitOptions {
  /** The limit while the event loop is busy. */
  readonly least: number;
  readonly most: number;
  /** Called when the limit has become higher. */
  readonly onMore: () => void;
  /** Share of the time since it was last asked in which the event loop was busy, from 0 to 1. */
  readonly busy?: () => number;
}

/**
 * An adaptive concurrency limit: how many messages may be worked on at a time. It is low while the event loop is busy:
 * more messages would wait for the processor, and at last so long for a slot of their handler that they go to the slow
 * lane, which costs more still. It rises while the event loop has time, because messages then wait for targets.
 */
export class ConcurrencyLimit {
  readonly #options: ConcurrencyLimitOptions;
  readonly #busy: () => number;
  #limit: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ConcurrencyLimitOptions) {
    this.#options = options;
    this.#busy = options.busy ?? busySinceLast();
    this.#limit = options.least;
  }

  /** Messages that may be worked on now. */
  get current(): number {
    return this.#limit;
  }

  /** To be called when a message waits: the limit changes only while one does. */
  wanted(): void {
    if (this.#timer) return;
    this.#busy();
    this.#timer = setInterval(() => this.#adjust(), tickMs).unref();
  }

  /** To be called when no message waits. */
  enough(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #adjust(): void {
    const { least, most, onMore } = this.#options;
    if (this.#busy() >= busyShare) {
      this.#limit = Math.max(least, this.#limit - step);
    } else if (this.#limit < most) {
      this.#limit = Math.min(most, this.#limit + step);
      onMore();
    }
  }
}

function busySinceLast(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
