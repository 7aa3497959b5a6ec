/**
 * Notices that the process hung: it was paused, its machine slept, or its event loop was blocked. Otherwise, after
 * waking up, it would continue where it was, and learn only later that another process has taken over.
 */
export class StandstillWatch {
  readonly #limitMs: number;
  readonly #onStandstill: (milliseconds: number) => void;
  readonly #timer: NodeJS.Timeout;
  #movedAt = performance.now();

  /** @param onStandstill Called when it stood still for longer than the limit, as soon as it moves again. */
  constructor(limitMs: number, onStandstill: (milliseconds: number) => void) {
    this.#limitMs = limitMs;
    this.#onStandstill = onStandstill;
    this.#timer = setInterval(() => this.check(), limitMs / 5).unref();
  }

  /** To be called where it matters: after a pause other callbacks may run before the timer does. */
  check(): void {
    const now = performance.now();
    const stoodMs = now - this.#movedAt;
    this.#movedAt = now;
    if (stoodMs > this.#limitMs) this.#onStandstill(stoodMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
