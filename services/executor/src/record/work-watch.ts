/** Whether one kind of work gets on: what waits for the database, for how long, and when something was last done. */
export class WorkWatch {
  readonly #done: string;
  readonly #now: () => number;
  /** When each running piece was begun. */
  readonly #begun = new Map<symbol, number>();
  #lastAt: number | undefined;

  /**
   * @param done What it is when it is done, for people: `commit`, `answer`.
   * @param now Milliseconds, of a clock that never goes back.
   */
  constructor(done: string, now: () => number = () => performance.now()) {
    this.#done = done;
    this.#now = now;
  }

  /** Does a piece of the work; it waits for as long as it takes, with all tries. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const piece = Symbol('piece of work');
    this.#begun.set(piece, this.#now());
    try {
      const result = await work();
      this.#lastAt = this.#now();
      return result;
    } finally {
      this.#begun.delete(piece);
    }
  }

  /** How long the oldest piece has been running, milliseconds; 0 if there is none. */
  get stalledMs(): number {
    return this.#begun.size === 0 ? 0 : this.#now() - Math.min(...this.#begun.values());
  }

  /** @throws {Error} If a piece has been running for longer than that. */
  assertMoving(limitMs: number): void {
    if (this.stalledMs <= limitMs) return;
    const last =
      this.#lastAt === undefined ? 'there was none yet' : `the last was ${seconds(this.#now() - this.#lastAt)} ago`;
    throw new Error(`no ${this.#done} for ${seconds(this.stalledMs)} while work waits; ${last}`);
  }
}

function seconds(milliseconds: number): string {
  return `${String(Math.round(milliseconds / 1_000))} s`;
}
