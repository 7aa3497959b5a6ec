const latestTime = 2 ** 48 - 1;

/**
 * The lowest UUID that can be a UUIDv7 (RFC 9562) of a time: what has such ids can be asked for by time through the index on
 * its id.
 *
 * @param time Milliseconds since 1970.
 */
export function lowestIdAt(time: number): string {
  const hex = Math.min(Math.max(time, 0), latestTime).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
