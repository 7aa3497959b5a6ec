interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/** Bytes that are taken and returned. Waiters get them in the order of asking. */
export class ByteBudget {
  readonly #total: number;
  #left: number;
  readonly #waiting: Waiting[] = [];

  constructor(total: number) {
    this.#total = total;
    this.#left = total;
  }

  /** Free bytes. */
  get left(): number {
    return this.#left;
  }

  /** Takes bytes if they are free and there are no waiters; otherwise undefined. The answer returns them, once. */
  tryTake(bytes: number): (() => void) | undefined {
    if (this.#waiting.length > 0 || this.#fit(bytes) > this.#left) return undefined;
    return this.#take(this.#fit(bytes));
  }

  /** Takes bytes as soon as they are there. More than there are in all counts as all of them. */
  async take(bytes: number): Promise<() => void> {
    const fit = this.#fit(bytes);
    if (this.#waiting.length > 0 || fit > this.#left) {
      // Returned bytes go to the waiters at once, so that no newcomer overtakes them.
      await new Promise<void>((enter) => this.#waiting.push({ bytes: fit, enter }));
      return this.#giveBackOnce(fit);
    }
    return this.#take(fit);
  }

  #fit(bytes: number): number {
    return Math.min(bytes, this.#total);
  }

  #take(bytes: number): () => void {
    this.#left -= bytes;
    return this.#giveBackOnce(bytes);
  }

  #giveBackOnce(bytes: number): () => void {
    let taken = bytes;
    return () => {
      this.#left += taken;
      taken = 0;
      this.#admit();
    };
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first && first.bytes <= this.#left; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#left -= first.bytes;
      first.enter();
    }
  }
}
