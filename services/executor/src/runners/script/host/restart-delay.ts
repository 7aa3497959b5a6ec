import type { ResidentOptions } from './messages.ts';

/** How long a script that keeps failing is left alone before it is started again. */
export class RestartDelay {
  readonly #options: ResidentOptions;
  #failures = 0;
  #notBefore = 0;

  constructor(options: ResidentOptions) {
    this.#options = options;
  }

  /** @returns Milliseconds until it may be started. */
  remaining(now: number): number {
    return Math.max(this.#notBefore - now, 0);
  }

  failed(now: number): void {
    const { firstRestartMs, lastRestartMs } = this.#options;
    this.#notBefore = now + Math.min(firstRestartMs * 2 ** this.#failures, lastRestartMs);
    this.#failures++;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#notBefore = 0;
  }
}
