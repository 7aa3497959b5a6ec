export interface GroupCommitOptions<Item> {
  /** Items in one batch at most. */
  maxItems: number;
  /** Weight of a batch from which on nothing is added; a single heavier item still goes. */
  maxWeight?: number;
  weigh?: (item: Item) => number;
}

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Serves many callers with few statements: all callers that ask while one statement runs share the next one. There is
 * no timer, and never more than one statement in flight, so the load determines the size of batches.
 */
export class GroupCommit<Item, Answer> {
  readonly #serve: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly #options: GroupCommitOptions<Item>;
  #waiting: Waiting<Item, Answer>[] = [];
  #working: Promise<void> | undefined;

  /** @param serve Answers items, in their order. */
  constructor(serve: (items: readonly Item[]) => Promise<readonly Answer[]>, options: GroupCommitOptions<Item>) {
    this.#serve = serve;
    this.#options = options;
  }

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when everything that was asked is answered. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    // What is asked in the same turn of the event loop belongs to the first batch already.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#batchSize());
      try {
        const answers = await this.#serve(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#working = undefined;
  }

  #batchSize(): number {
    const { maxItems, maxWeight = Infinity, weigh = () => 0 } = this.#options;
    let weight = 0;
    let size = 0;
    while (size < this.#waiting.length && size < maxItems && weight < maxWeight) {
      weight += weigh(this.#waiting[size]!.item);
      size++;
    }
    return size;
  }
}
