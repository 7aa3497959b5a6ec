/**
 * What a fault takes from the product: `calls`, whose answers may not have been written down; `answers`, which are lost
 * on their way; or `commits`, since nothing can be written down while it lasts.
 */
export type Taken = 'calls' | 'answers' | 'commits';

export interface Disruption {
  readonly taken: Taken;
  /** Milliseconds of this process's monotonic clock. */
  readonly from: number;
  /** Infinity while it lasts. */
  until: number;
}

/** When the product was disturbed, for the question whether a repeated call had to be. */
export class Disruptions {
  readonly #all: Disruption[] = [];

  get all(): readonly Disruption[] {
    return this.#all;
  }

  /** Notes a disruption for as long as the work takes. */
  async during<T>(taken: Taken, work: () => Promise<T>): Promise<T> {
    const disruption: Disruption = { taken, from: performance.now(), until: Infinity };
    this.#all.push(disruption);
    try {
      return await work();
    } finally {
      disruption.until = performance.now();
    }
  }
}
