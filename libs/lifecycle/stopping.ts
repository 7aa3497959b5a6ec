import type { Logger } from '#observability';

/** What a part may take beyond what is left, so that each has a try, milliseconds. */
const leastMs = 100;

/**
 * What is left to do of a stop, by name: each part has a deadline, and what does not keep it is named and left behind.
 */
export class Stopping {
  readonly #logger: Logger;
  readonly #pending = new Set<string>();
  #endsAt = Infinity;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Those that have not stopped yet, also of what is no longer waited for. */
  get pending(): readonly string[] {
    return [...this.#pending];
  }

  /** Call it when the stop begins. All parts together take at most this number of milliseconds. */
  begin(limitMs: number): void {
    this.#endsAt = Math.min(this.#endsAt, performance.now() + limitMs);
  }

  /**
   * Waits for a part to stop, for at most this number of milliseconds. Its failure is logged: no part keeps another
   * from stopping.
   *
   * @param name For people: completes "… has not stopped".
   */
  async part(name: string, work: Promise<unknown>, limitMs = Infinity): Promise<void> {
    this.#pending.add(name);
    const stopped = work
      .catch((error: unknown) => this.#logger.warn({ err: error, part: name }, 'failed to stop a part; continuing'))
      .finally(() => this.#pending.delete(name));
    const leftMs = Math.max(leastMs, Math.min(limitMs, this.#endsAt - performance.now()));
    if (leftMs === Infinity) {
      await stopped;
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<true>((resolve) => (timer = setTimeout(resolve, leftMs, true)));
    const isLate = await Promise.race([stopped.then(() => false), late]);
    clearTimeout(timer);
    if (isLate)
      this.#logger.warn(
        { part: name, waitedMs: Math.round(leftMs) },
        'part did not stop in time; continuing without it',
      );
  }
}
