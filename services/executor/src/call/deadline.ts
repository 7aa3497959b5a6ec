/** One limit over everything that belongs to a call: its time is up, or the executor takes it back. */
export class Deadline {
  /**
   * The calls that end with a signal. All of a session have the same one, and it has one listener for all of them:
   * adding and removing a listener takes longer than all the rest of a deadline.
   */
  static readonly #bySignal = new WeakMap<AbortSignal, Set<Deadline>>();
  readonly #together: Set<Deadline>;
  readonly #timer: NodeJS.Timeout;
  #cause: 'timeout' | 'aborted' | undefined;
  #onOver: (() => void) | undefined;

  readonly timeoutMs: number;

  /** @param outer Fires when the executor takes the call back. */
  constructor(timeoutMs: number, outer: AbortSignal) {
    this.timeoutMs = timeoutMs;
    this.#timer = setTimeout(() => this.#end('timeout'), timeoutMs);
    this.#together = Deadline.#endingWith(outer);
    if (outer.aborted) this.takeBack();
    else this.#together.add(this);
  }

  static #endingWith(signal: AbortSignal): Set<Deadline> {
    const known = this.#bySignal.get(signal);
    if (known) return known;
    const deadlines = new Set<Deadline>();
    this.#bySignal.set(signal, deadlines);
    const takeBack = () => {
      for (const deadline of deadlines) deadline.takeBack();
    };
    signal.addEventListener('abort', takeBack, { once: true });
    return deadlines;
  }

  /** Ends the call as one that the executor takes back. */
  takeBack(): void {
    this.#end('aborted');
  }

  /** Has something done when the call has to end, which may be at once. What was given before is not done any more. */
  whenOver(act: () => void): void {
    this.#onOver = act;
    if (this.#cause) act();
  }

  /** Why the call has to end, or undefined while it has not. */
  get cause(): 'timeout' | 'aborted' | undefined {
    return this.#cause;
  }

  /** To be called when the call has ended, so that nothing is left behind. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#together.delete(this);
  }

  #end(cause: 'timeout' | 'aborted'): void {
    if (this.#cause) return;
    this.#cause = cause;
    this.#onOver?.();
  }
}
