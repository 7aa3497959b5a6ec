/** One limit over everything that belongs to a call: its time is up, or the executor takes it back. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #takeBack = () => this.#end('aborted');
  #cause: 'timeout' | 'aborted' | undefined;

  /** @param outer Fires when the executor takes the call back. */
  constructor(timeoutMs: number, outer: AbortSignal) {
    this.#outer = outer;
    this.#timer = setTimeout(() => this.#end('timeout'), timeoutMs);
    if (outer.aborted) this.#takeBack();
    else outer.addEventListener('abort', this.#takeBack, { once: true });
  }

  /** Fires when the call has to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it fired, or undefined while it has not. */
  get cause(): 'timeout' | 'aborted' | undefined {
    return this.#cause;
  }

  /** To be called when the call has ended, so that nothing is left behind. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#takeBack);
  }

  #end(cause: 'timeout' | 'aborted'): void {
    this.#cause ??= cause;
    this.#controller.abort();
  }
}
