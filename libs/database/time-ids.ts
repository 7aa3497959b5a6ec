import { randomFillSync } from 'node:crypto';
import { uuidText } from '#contracts';

const latestTime = 2 ** 48 - 1;
const bytesOfId = 16;
/** Random bytes for many ids: each time that the system is asked for some costs more than all else about an id. */
const random = Buffer.allocUnsafe(256 * bytesOfId);
let used = random.length;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562) of a time, with a counter behind the millisecond: what one process writes down sorts in the order
 * in which it was written down, also within a millisecond.
 */
export function orderedIdAt(at: Date): string {
  sequence = (sequence + 1) >>> 0;
  const bytes = randomBytes();
  bytes.writeUIntBE(at.getTime(), 0, 6);
  // The version, the variant, and the 32 bits of the counter around them.
  bytes[6] = 0x70 | (sequence >>> 28);
  bytes[7] = sequence >>> 20;
  bytes[8] = 0x80 | ((sequence >>> 14) & 0x3f);
  bytes[9] = sequence >>> 6;
  bytes[10] = (sequence << 2) | (bytes[10]! & 0x03);
  return uuidText(bytes);
}

function randomBytes(): Buffer {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  return random.subarray(used, (used += bytesOfId));
}

/**
 * The lowest UUID that can be a UUIDv7 (RFC 9562) of a time: what has such ids can be asked for by time through the
 * index on its id.
 *
 * @param time Milliseconds since 1970.
 */
export function lowestIdAt(time: number): string {
  const hex = Math.min(Math.max(time, 0), latestTime).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The time in a UUIDv7 (RFC 9562), milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
