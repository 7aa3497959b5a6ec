const shortestMs = 5_000;
const longestMs = 60_000;
/**
 * An answer is kept this many times as long as it took, so that no number of askers loads the database by more than a
 * part of it.
 */
const keptPerTaken = 20;

/** One answer for all who ask within some seconds. Who asks while it is looked for waits for the same. */
export class SharedAnswer<T> {
  readonly #find: () => Promise<T>;
  readonly #now: () => number;
  #found: { answer: T; until: number } | undefined;
  #finding: Promise<T> | undefined;

  /** @param now Milliseconds of a clock that does not go backwards. */
  constructor(find: () => Promise<T>, now = (): number => performance.now()) {
    this.#find = find;
    this.#now = now;
  }

  /** @throws The error of the search; the next request searches again. */
  async get(): Promise<T> {
    if (this.#found && this.#now() < this.#found.until) return this.#found.answer;
    this.#finding ??= this.#search().finally(() => (this.#finding = undefined));
    return this.#finding;
  }

  async #search(): Promise<T> {
    const begun = this.#now();
    const answer = await this.#find();
    const ended = this.#now();
    const keptMs = Math.min(Math.max(keptPerTaken * (ended - begun), shortestMs), longestMs);
    this.#found = { answer, until: ended + keptMs };
    return answer;
  }
}
