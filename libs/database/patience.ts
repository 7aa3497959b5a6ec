import pg from 'pg';
import { Backoff } from '#retry';
import { DatabaseClosed } from './pool.ts';

/** SQLSTATE classes that are about what was sent: data exception, integrity constraint, program limit. */
const dataErrorClasses = new Set(['22', '23', '54']);

/** True when the database refuses this very content, and would refuse it again. */
export function isDataError(error: unknown): boolean {
  return error instanceof pg.DatabaseError && dataErrorClasses.has(error.code?.slice(0, 2) ?? '');
}

/** How often a database that is away is asked. */
export const databaseBackoff = { firstMs: 100, longestMs: 2_000 };

/**
 * Repeats work until the database has answered it, for callers that must not lose anything during an outage. When the
 * process ends, and with it our connections, callers get no answer.
 *
 * @param onFailure Called for every failure that is waited out.
 * @param signal Ends the waiting; the last failure is thrown.
 * @throws What {@link isDataError} classifies as permanent.
 */
export async function untilAnswered<T>(
  work: () => Promise<T>,
  onFailure: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<T> {
  let backoff: Backoff | undefined;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isDataError(error) || signal?.aborted) throw error;
      if (error instanceof DatabaseClosed) await new Promise<never>(() => {});
      onFailure(error);
      backoff ??= new Backoff(databaseBackoff);
      await backoff.wait(signal);
    }
  }
}

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
