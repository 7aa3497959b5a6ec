import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { joinedUrl, type HttpTask } from '#contracts';
import { lowerCased, ownHeaders } from '#templates';
import { traceparentOf, type Call, type SigningKey } from '../call.ts';
import { longestRetryAfterMs, permanent, retryable, success, type AttemptResult, type Outcome } from '../outcome.ts';
import type { Reply } from './exchange.ts';
import { targetUrl } from './guard/address-policy.ts';

// The two messages of a call: the request that it makes, and what the reply to it means.

/** What the client is to send. */
export type Request = Omit<Dispatcher.DispatchOptions, 'headers'> & { readonly headers: Record<string, string> };

/** Where the requests of a task go, and the headers that it gives them. */
interface Target {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A task is the same for all calls of its handler, until that is changed. */
const targets = new WeakMap<HttpTask, Target>();

function targetOf(task: HttpTask): Target {
  const known = targets.get(task);
  if (known) return known;
  const { origin, pathname, search } = targetUrl(joinedUrl(task.url ?? '', task.path ?? ''));
  const target = { origin, path: pathname + search, headers: lowerCased(task.headers) };
  targets.set(task, target);
  return target;
}

/** The request of a call. */
export function requestOf(call: Call<HttpTask>): Request {
  const { task, body } = call;
  const { origin, path, headers } = targetOf(task);
  return { origin, path, method: task.method, headers: { ...headers, ...headersOf(call) }, body };
}

/** The headers that say what is called, and why; no handler can replace them. */
function headersOf(call: Call<HttpTask>): Record<string, string> {
  const { executionId: id, event, body, startedAt } = call;
  // Standard Webhooks: the id is that of the message, not of the attempt; the time is in seconds.
  const timestamp = String(Math.floor(startedAt.getTime() / 1000));
  const signature = call.signing && webhookSignature(call.signing, { id, timestamp, body }, startedAt);
  const traceparent = traceparentOf(call);
  return ownHeaders({
    executionId: id,
    eventId: event.id,
    eventType: event.type,
    handlerId: call.handlerId,
    attempt: call.attempt,
    format: call.format,
    contentType: call.contentType,
    timestamp,
    signature,
    traceparent,
  });
}

/** What a signature vouches for. */
export interface SignedCall {
  readonly id: string;
  /** In seconds. */
  readonly timestamp: string;
  readonly body: string;
}

/**
 * The value of `webhook-signature` by Standard Webhooks, scheme `v1`: an HMAC-SHA256 over id, time and body for each
 * key that has not expired, so that a receiver that knows any one of them can check the call. Undefined when there is
 * none.
 */
export function webhookSignature(
  keys: readonly SigningKey[],
  { id, timestamp, body }: SignedCall,
  now: Date,
): string | undefined {
  const signatures = keys
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ key }) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return signatures.length > 0 ? signatures.join(' ') : undefined;
}

/** What a reply means for the attempt. */
export function resultOf({ status, headers, body }: Reply, { startedAt }: Call): AttemptResult {
  const retryAfter = headers['retry-after'];
  // Only a date to wait for is held against the target's clock.
  const now = retryAfter === undefined ? startedAt.getTime() : timeOfReply(headers.date, startedAt.getTime());
  return {
    outcome: statusOutcome(status, retryAfter, now),
    retryAfterMs: retryAfter === undefined ? undefined : retryAfterMs(retryAfter, now),
    reached: 'yes',
    response: { http: { status, headers: singleValues(headers), body: body.text, truncated: body.truncated } },
  };
}

/** Response headers with one value each. */
function singleValues(headers: IncomingHttpHeaders): Record<string, string> {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] ?? '';
    single[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return single;
}

/** Besides 5xx, the statuses that speak of now rather than of the request. */
const retryableStatuses = new Set([404, 408, 409, 425, 429]);

/**
 * What the status of a reply means.
 *
 * @param now Milliseconds since 1970, which a date of `retry-after` is held against.
 */
export function statusOutcome(status: number, retryAfter: string | string[] | undefined, now: number): Outcome {
  const message = `the target answered ${status}`;
  if (status >= 200 && status < 300) return success;
  if (status >= 300 && status < 400) return permanent('redirect', `${message}; redirects are not followed`);
  if (status < 500 && !retryableStatuses.has(status)) return permanent('http_status', message);
  // RFC 9110, 15: a client treats a status that is none like a 5xx.
  const outcome =
    status > 599
      ? retryable('bad_response', `${message}, which is no status of HTTP`)
      : retryable('http_status', message);
  const waits = [retryAfter ?? []].flat().map((value) => retryAfterMs(value, now));
  const wait = waits.find((found) => found !== undefined);
  return wait === undefined ? outcome : { ...outcome, retryAfterMs: wait };
}

/**
 * Milliseconds that a `Retry-After` asks for (RFC 9110: seconds, or a date), an hour at most; undefined when it says
 * nothing that can be understood.
 *
 * @param now Milliseconds since 1970.
 */
export function retryAfterMs(value: string, now: number): number | undefined {
  const text = value.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : dateOf(text, now) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longestRetryAfterMs);
}

/**
 * When a target answered by its own clock, which a date that it gives is to be held against; by ours when it does not
 * say.
 *
 * @param now Milliseconds since 1970.
 */
export function timeOfReply(date: string | undefined, now: number): number {
  const time = dateOf(date?.trim() ?? '', now);
  return Number.isNaN(time) ? now : time;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The three forms of a date in HTTP (RFC 9110, 5.6.7). `Date.parse` finds dates in nearly everything. */
const dateForms = [
  /^[a-z]{3}, (?<day>\d\d?) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/i,
  /^[a-z]{6,9}, (?<day>\d\d?)-(?<month>[a-z]{3})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/i,
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day> \d|\d\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/i,
];

/** Milliseconds since 1970 of a date, or NaN. */
function dateOf(text: string, now: number): number {
  const found = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!found) return NaN;
  const month = months.indexOf(found['month']!.toLowerCase());
  const [day, year] = [Number(found['day']), fullYear(found['year']!, now)];
  const [hours = 0, minutes = 0, seconds = 0] = found['time']!.split(':').map(Number);
  // A minute may have a leap second.
  if (hours > 23 || minutes > 59 || seconds > 60) return NaN;
  const date = Date.UTC(year, month, day, hours, minutes, seconds);
  const isThere = month !== -1 && day > 0 && day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return isThere ? date : NaN;
}

/** Of two digits the year that is not more than 50 years ahead, as the RFC wants it. */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
