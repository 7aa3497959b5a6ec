/** Runs work of one key one after another, in the order given, and work of different keys side by side. */
export class KeySequencer {
  /** The newest work of each key that has any. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Keys that have work. */
  get size(): number {
    return this.#last.size;
  }

  /** Begins the work when all that was given before for the same key has ended, however it ended. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    const forget = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
