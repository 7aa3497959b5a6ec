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
    this.#keep(key, mine);
    return mine;
  }

  /** Another sequencer, whose work of a key begins when all that this one has of it now has ended. */
  fork(): KeySequencer {
    const fork = new KeySequencer();
    for (const [key, last] of this.#last) fork.#keep(key, last);
    return fork;
  }

  #keep(key: string, last: Promise<unknown>): void {
    this.#last.set(key, last);
    const forget = () => {
      if (this.#last.get(key) === last) this.#last.delete(key);
    };
    last.then(forget, forget);
  }
}
