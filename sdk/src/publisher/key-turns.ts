/**
 * Runs work of the same key one after another, and work of different keys in parallel. If one fails, those that already
 * wait behind it fail too: otherwise they would overtake it when it is retried.
 */
export class KeyTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Does something when those of its key before it are done.
   *
   * @param behindFailed Makes the error of one that waits behind another that has failed.
   */
  take<T>(key: string | undefined, work: () => Promise<T>, behindFailed: (cause: unknown) => Error): Promise<T> {
    if (key === undefined) return work();
    const before = this.#last.get(key);
    const turn = before
      ? before.then(work, (cause: unknown) => {
          throw behindFailed(cause);
        })
      : work();
    this.#last.set(key, turn);
    const leave = (): void => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }
}
