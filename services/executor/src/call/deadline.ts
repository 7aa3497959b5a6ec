/** One limit over everything that belongs to a call: its time is up, or the executor takes it back. */
export class Deadline {
  readonly #outer: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #takeBack = () => this.#end('aborted');
  #cause: 'timeout' | 'aborted' | undefined;
  #onOver: (() => void) | undefined;

  /** @param outer Fires when the executor takes the call back. */
  constructor(timeoutMs: number, outer: AbortSignal) {
    this.#outer = outer;
    this.#timer = setTimeout(() => this.#end('timeout'), timeoutMs);
    if (outer.aborted) this.#takeBack();
    else outer.addEventListener('abort', this.#takeBack, { once: true });
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
    this.#outer.removeEventListener('abort', this.#takeBack);
  }

  #end(cause: 'timeout' | 'aborted'): void {
    if (this.#cause) return;
    this.#cause = cause;
    this.#onOver?.();
  }
}
