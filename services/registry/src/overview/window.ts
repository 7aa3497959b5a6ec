import { lowestIdAt } from '#contracts';

const shapes = {
  hour: { buckets: 60, bucketMs: 60_000 },
  day: { buckets: 24, bucketMs: 3_600_000 },
} as const;

export const windowNames = Object.keys(shapes) as WindowName[];
export type WindowName = keyof typeof shapes;

/** The last hour or day, in parts that begin at full minutes or hours; the last of them is not over yet. */
export interface Window {
  /** Milliseconds since 1970 at which each part begins. */
  readonly starts: readonly number[];
  /** When the last part will be over. */
  readonly end: number;
  readonly bucketMs: number;
}

/** @param now Milliseconds since 1970. */
export function windowUpTo(name: WindowName, now: number): Window {
  const { buckets, bucketMs } = shapes[name];
  const end = Math.floor(now / bucketMs) * bucketMs + bucketMs;
  const starts = Array.from({ length: buckets }, (_, index) => end - (buckets - index) * bucketMs);
  return { starts, end, bucketMs };
}

/**
 * Parameters of a statement that counts the journal by the parts of a window: where each begins, the first, and the
 * end.
 */
export function idBounds({ starts, end }: Window): [starts: string[], from: string, to: string] {
  const ids = starts.map(lowestIdAt);
  return [ids, ids[0]!, lowestIdAt(end)];
}
