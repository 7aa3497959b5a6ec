/** Soon at first, since a broker's restart takes seconds, and never slower than people would wait. */
const firstMs = 100;
const longestMs = 2_000;
/** That many clients which were lost together do not come back together. */
const jitter = 0.2;

/**
 * How long to wait before the next try, in milliseconds.
 *
 * @param tries Those that have failed since there was a connection; 0 right after a loss.
 */
export function backoffMs(tries: number, random = Math.random): number {
  const base = Math.min(longestMs / (1 + jitter), firstMs * 2 ** Math.max(0, tries - 1));
  return Math.round(base * (1 + jitter * (2 * random() - 1)));
}
