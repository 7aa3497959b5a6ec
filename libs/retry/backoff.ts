import { setTimeout as delay } from 'node:timers/promises';

export interface BackoffOptions {
  /** The first wait, milliseconds; each one after it is twice as long. */
  readonly firstMs: number;
  /** No wait is longer, milliseconds. */
  readonly longestMs: number;
  /**
   * By which share a wait is made longer or shorter at random, so that clients which failed together do not come back
   * together; 0 unless given.
   */
  readonly jitter?: number;
}

/**
 * The waits between the tries of something that fails: soon at first, and never more seldom than a person would look.
 */
export class Backoff {
  readonly #options: Required<BackoffOptions>;
  readonly #random: () => number;
  #tries = 0;

  constructor(options: BackoffOptions, random: () => number = Math.random) {
    this.#options = { jitter: 0, ...options };
    this.#random = random;
  }

  /** How long to wait before the next try, milliseconds. */
  next(): number {
    const { firstMs, longestMs, jitter } = this.#options;
    const base = Math.min(longestMs / (1 + jitter), firstMs * 2 ** this.#tries);
    this.#tries++;
    return Math.round(base * (1 + jitter * (2 * this.#random() - 1)));
  }

  /** To be called when a try has succeeded: the next wait is the first one again. */
  reset(): void {
    this.#tries = 0;
  }

  /** Waits before the next try, or until the signal fires. */
  async wait(signal?: AbortSignal): Promise<void> {
    await delay(this.next(), undefined, { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  }
}
