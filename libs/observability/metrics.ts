import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * What a service tells Prometheus: those of its process (memory, event loop, garbage collection), to which it adds its
 * own.
 */
export function createMetrics(): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** What stands in a label for all values that have none of their own. */
export const otherLabel = 'other';

/**
 * The values of a label, bounded: the first ones have their own series, all others share {@link otherLabel}. Each value
 * is a time series for each bucket and each other label, which Prometheus keeps.
 */
export class BoundedLabel {
  readonly #most: number;
  readonly #known = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  of(value: string): string {
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#most) return otherLabel;
    this.#known.add(value);
    return value;
  }
}

/** Whether a peer's address is this machine's own (RFC 6890: 127.0.0.0/8, ::1, also as an IPv4-mapped IPv6 address). */
function isLoopback(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/i, '') ?? '';
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/**
 * Whether this machine sent a request to itself: it comes from here, a local proxy did not forward it, and a browser
 * did not make it for a page of another site.
 *
 * @param address Of the other end of the connection.
 */
export function isLocalRequest(
  address: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean {
  const handedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(
    (name) => headers[name] !== undefined,
  );
  return isLoopback(address) && !handedOn && namesNoOtherSite(headers['host']);
}

/**
 * Whether a `Host` is an address or `localhost`. A page of another site can have its own name lead to this machine (DNS
 * rebinding), and would then read what this machine tells itself; its browser sends that name.
 */
function namesNoOtherSite(host: string | string[] | undefined): boolean {
  if (typeof host !== 'string') return false;
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(host)?.[1] ?? '';
  const bare = name.startsWith('[') ? name.slice(1, -1) : name;
  return isIP(bare) !== 0 || /^localhost\.?$/i.test(bare);
}

/**
 * Whether a request has the key of scrapers as its bearer token. The comparison takes constant time.
 *
 * @param key Undefined: there is no key.
 */
export function showsMetricsKey(key: string | undefined, authorization: string | undefined): boolean {
  return key !== undefined && timingSafeEqual(digest(`Bearer ${key}`), digest(authorization ?? ''));
}

/** Of one length, whatever the text's is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
