import { TransientSet } from '#collections';

/** How much the newest call's duration says of what is to be expected, against all before it. */
const newestWeight = 0.2;

/** A call that is shorter is over before the next event has been fetched from the database. */
const shortCallMs = 250;

/** The right to make one call. It has to be given back. */
export interface Slot {
  /** Infinity while its call waits for something else. */
  begunAt: number;
}

/**
 * Lets at most a number of calls of one handler happen at a time. Others wait in the order in which they came, but not
 * for long.
 */
export class ConcurrencyLimiter {
  #limit = 1;
  /** The oldest first. */
  readonly #taken = new TransientSet<Slot>();
  readonly #waiting: ((slot: Slot) => void)[] = [];
  #typicalMs = 0;
  readonly #now: () => number;

  /** @param now Milliseconds, of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The number of calls worth having at hand: those in flight, and for short calls those that are made in the time of a
   * longer one.
   */
  get useful(): number {
    if (!this.isQuick) return this.#limit;
    // Before any call has ended, as many again.
    const rounds = this.#typicalMs === 0 ? 1 : shortCallMs / this.#callMs();
    return Math.floor(this.#limit * (1 + rounds));
  }

  /** Whether calls are over before further events have been fetched from the database. */
  get isQuick(): boolean {
    return this.#callMs() < shortCallMs;
  }

  /** Calls in flight. */
  get taken(): number {
    return this.#taken.size;
  }

  /**
   * Takes a slot; undefined when there is none in time.
   *
   * @param limit Calls at a time, at least 1; the newest one counts, also for those that wait.
   * @param patienceMs How long it may be waited for. What is expected to take longer is not waited for at all.
   */
  acquire(limit: number, patienceMs: number): Slot | undefined | Promise<Slot | undefined> {
    this.#limit = limit;
    this.#admit();
    if (this.taken < limit) return this.#begin();
    if (this.#expectedWaitMs() > patienceMs) return undefined;
    return this.#wait(patienceMs);
  }

  /** Notes that the call of a slot waits for something else, so that its duration does not count yet. */
  pause(slot: Slot): void {
    slot.begunAt = Infinity;
  }

  /** Notes that it has begun now. */
  begin(slot: Slot): void {
    this.#taken.delete(slot);
    slot.begunAt = this.#now();
    this.#taken.add(slot);
  }

  /** Gives a slot back whose call was not made. */
  giveBack(slot: Slot): void {
    this.#taken.delete(slot);
    this.#admit();
  }

  release(slot: Slot): void {
    this.#taken.delete(slot);
    this.#typicalMs += newestWeight * (this.#now() - slot.begunAt - this.#typicalMs);
    this.#admit();
  }

  #admit(): void {
    while (this.taken < this.#limit && this.#waiting.length > 0) this.#waiting.shift()!(this.#begin());
  }

  #begin(): Slot {
    const slot = { begunAt: this.#now() };
    this.#taken.add(slot);
    return slot;
  }

  #expectedWaitMs(): number {
    return (this.#callMs() * (this.#waiting.length + 1)) / this.#limit;
  }

  /** How long calls took lately, or are taking: those of a target that hangs have not ended yet. */
  #callMs(): number {
    const [oldest] = this.#taken;
    return Math.max(this.#typicalMs, oldest ? this.#now() - oldest.begunAt : 0);
  }

  #wait(patienceMs: number): Promise<Slot | undefined> {
    return new Promise((resolve) => {
      const admitted = (slot: Slot) => {
        clearTimeout(timer);
        resolve(slot);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(admitted), 1);
        resolve(undefined);
      }, patienceMs);
      this.#waiting.push(admitted);
    });
  }
}
