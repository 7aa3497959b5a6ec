import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** SQLSTATE classes that are about what was sent: data exception, integrity constraint, program limit. */
const dataErrorClasses = new Set(['22', '23', '54']);

/** True when the database refuses this very content, and would refuse it again. */
export function isDataError(error: unknown): boolean {
  return error instanceof pg.DatabaseError && dataErrorClasses.has(error.code?.slice(0, 2) ?? '');
}

const firstDelayMs = 100;
const longestDelayMs = 2_000;

/**
 * Repeats work until the database has answered it, for callers that must not lose anything while it is away.
 *
 * @param onFailure Told of every failure that is waited out.
 * @param signal Ends the waiting; the last failure is thrown.
 * @throws What {@link isDataError} says cannot be cured by waiting.
 */
export async function untilAnswered<T>(
  work: () => Promise<T>,
  onFailure: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<T> {
  for (let wait = firstDelayMs; ; wait = Math.min(wait * 2, longestDelayMs)) {
    try {
      return await work();
    } catch (error) {
      if (isDataError(error) || signal?.aborted) throw error;
      onFailure(error);
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
