import type { EventStatus, ExecutionStatus } from '#contracts';

/** How many of something stand where; tests are left out. */
export type StatusCounts = Record<EventStatus | ExecutionStatus, number>;

/**
 * Rows counted in a part of a window: all of them, or those of a status. Successes are not counted separately, because
 * they are most of the journal and no index selects them; only among tests, which are few.
 */
export interface CountRow {
  /** What is counted apart: the id of a handler. */
  key: string;
  /** Of the window's parts, from 1. */
  bucket: number;
  status: EventStatus | ExecutionStatus | 'any';
  /** True for those among the others that are tests. */
  test: boolean;
  count: number;
}

export function noCounts(): StatusCounts {
  return { succeeded: 0, failed: 0, waiting: 0, skipped: 0, duplicate: 0 };
}

/**
 * The counts of each key by the parts of a window.
 *
 * @param rows Of one snapshot.
 */
export function countsByKey(rows: readonly CountRow[], buckets: number): Map<string, StatusCounts[]> {
  const byKey = new Map<string, StatusCounts[]>();
  for (const { key, bucket, status, test, count } of rows) {
    const parts = byKey.get(key) ?? Array.from({ length: buckets }, noCounts);
    byKey.set(key, parts);
    const counts = parts[bucket - 1]!;
    if (status === 'any') counts.succeeded += count;
    else if (test) counts[status] -= count;
    else {
      counts[status] += count;
      counts.succeeded -= count;
    }
  }
  return byKey;
}

/** How many attempts they are of an execution each: those that ended it, and those after which it waits. */
export function callsIn({ succeeded, failed, waiting }: StatusCounts): number {
  return succeeded + failed + waiting;
}

export function sumOf(parts: Iterable<StatusCounts>): StatusCounts {
  const sum = noCounts();
  for (const part of parts) {
    for (const status of Object.keys(sum) as (keyof StatusCounts)[]) sum[status] += part[status];
  }
  return sum;
}
