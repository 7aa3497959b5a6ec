import { parseDuration, type RetryPolicy as WrittenPolicy } from '#contracts';

/** When a handler's failed attempts are made again. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  /** Milliseconds before the second, third, … attempt; the last one serves for all that follow. At least one. */
  readonly waitsMs: readonly number[];
}

/** Reads the policy of a handler as the registry keeps it, which has checked it. */
export function retryPolicy({ maxAttempts, schedule }: WrittenPolicy): RetryPolicy {
  return { maxAttempts, waitsMs: schedule.map((wait) => parseDuration(wait) ?? 0) };
}
