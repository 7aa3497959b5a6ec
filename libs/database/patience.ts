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
  const backoff = new Backoff(databaseBackoff);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isDataError(error) || signal?.aborted) throw error;
      if (error instanceof DatabaseClosed) await new Promise<never>(() => {});
      onFailure(error);
      await backoff.wait(signal);
    }
  }
}
