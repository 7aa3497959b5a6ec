import { longestRetryAfterMs, permanent, retryable, success, type FailureReason, type Outcome } from '../outcome.ts';
import { errorCode } from '../error-code.ts';
import { AddressRefused } from './guard/address-policy.ts';
import { NameFailure } from './names/name-query.ts';

/** What the codes of Node and of its HTTP client mean for an attempt. */
const reasonByCode: Record<string, FailureReason> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  UND_ERR_CLOSED: 'connection_reset',
  UND_ERR_DESTROYED: 'connection_reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'host_unreachable',
  ENETUNREACH: 'host_unreachable',
  EHOSTDOWN: 'host_unreachable',
  DNS_FAILURE: 'dns_failure',
  DNS_UNAVAILABLE: 'dns_unavailable',
  EMFILE: 'executor_resources',
  ENFILE: 'executor_resources',
  ENOBUFS: 'executor_resources',
  ENOMEM: 'executor_resources',
  // No local port is left to connect from.
  EADDRNOTAVAIL: 'executor_resources',
  EPROTO: 'tls_failure',
  CERTIFICATE_WANTED: 'tls_failure',
  TLS_HANDSHAKE_ENDED: 'tls_failure',
  BAD_RESPONSE: 'bad_response',
  UND_ERR_HEADERS_OVERFLOW: 'bad_response',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad_response',
};

/** What a code of Node's means for an attempt; undefined when it is not known. */
export function reasonOfCode(code: string): FailureReason | undefined {
  return reasonByCode[code] ?? (tlsCode.test(code) ? 'tls_failure' : undefined);
}

const tlsCode = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** How a call ends that the executor does not make any more. */
export const takenBack: Outcome = retryable('aborted', 'the executor took the call back; it is made again');

/** The outcome of a call without a complete reply. It may still have reached the target. */
export function failureOutcome(error: Error, ended: 'timeout' | 'aborted' | undefined, timeoutMs: number): Outcome {
  if (ended === 'timeout' && !(error instanceof NameFailure))
    return retryable('timeout', `no complete reply within ${timeoutMs} ms`);
  if (ended === 'aborted') return takenBack;
  // Only a change of the handler, of its name's address or of the settings resolves this.
  if (error instanceof AddressRefused) return permanent('address_refused', error.message);
  const { reason, message } = classify(error);
  return retryable(reason, message);
}

function classify(error: Error): { reason: FailureReason; message: string } {
  // When every address of a name was tried, the first failure speaks for all.
  const cause = 'errors' in error ? ((error.errors as Error[])[0] ?? error) : error;
  const code = errorCode(cause);
  const message = cause.message || code || cause.name;
  const known = reasonByCode[code];
  if (known) return { reason: known, message };
  if (cause.name === 'HTTPParserError') return { reason: 'bad_response', message };
  if (tlsCode.test(code)) return { reason: 'tls_failure', message };
  // What has no code, or says that we asked wrongly, is no fault of the network or of the target.
  if (code === '' || code.startsWith('UND_ERR_INVALID')) throw error;
  return { reason: 'connection_failed', message: `${message} (${code})` };
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
