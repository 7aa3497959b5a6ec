import { permanent, retryable, success, type Outcome } from '../../dispatch/outcome.ts';

/** Besides 5xx, the statuses that speak of now rather than of the request. */
const retryableStatuses = new Set([404, 408, 409, 425, 429]);
const longestRetryAfterMs = 3_600_000;

/** What the status of a reply means. */
export function statusOutcome(status: number, retryAfter: string | string[] | undefined): Outcome {
  const message = `the target answered ${status}`;
  if (status >= 200 && status < 300) return success;
  if (status >= 300 && status < 400) return permanent('redirect', `${message}; redirects are not followed`);
  if (status < 500 && !retryableStatuses.has(status)) return permanent('http_status', message);
  const wait = retryAfterMs(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, Date.now());
  const outcome = retryable('http_status', message);
  return wait === undefined ? outcome : { ...outcome, retryAfterMs: wait };
}

/**
 * Milliseconds that a `Retry-After` asks for (RFC 9110: seconds, or a date), an hour at most; undefined when it says
 * nothing that can be understood.
 *
 * @param now Milliseconds since 1970.
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : parseHttpDate(value.trim()) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longestRetryAfterMs);
}

/** Milliseconds since 1970 of a date in one of the three forms of HTTP, or NaN. */
function parseHttpDate(value: string): number {
  // Date.parse alone would find a date in "-5" and "1.5" as well.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value)) return NaN;
  // The oldest form, that of asctime, does not say that it is in UTC.
  return Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
}
