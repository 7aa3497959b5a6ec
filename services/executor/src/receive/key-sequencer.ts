/** Runs work of one key one after another, in the order given, and work of different keys side by side. */
export class KeySequencer {
  /** The newest work of each key that has any. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Keys that have work. */
  get size(): number {
    return this.#last.size;
  }

  /**
   * Begins the work when all that was given before for the same key has ended, however it ended. When the answer tells
   * of the end of some work, the next of its key has begun.
   */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    return mine.then(
      (result) => {
        this.#forget(key, mine);
        return result;
      },
      (error: unknown) => {
        this.#forget(key, mine);
        throw error;
      },
    );
  }

  /** Another sequencer, whose work of a key begins when all that this one has of it now has ended. */
  fork(): KeySequencer {
    const fork = new KeySequencer();
    for (const [key, last] of this.#last) {
      fork.#last.set(key, last);
      const forget = () => fork.#forget(key, last);
      last.then(forget, forget);
    }
    return fork;
  }

  /** Resolves when all that there is now has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }

  #forget(key: string, last: Promise<unknown>): void {
    if (this.#last.get(key) === last) this.#last.delete(key);
  }
}
