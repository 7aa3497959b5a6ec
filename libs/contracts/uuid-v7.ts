import { hash, randomFillSync } from 'node:crypto';

// The ids that Provisor makes: UUIDv7 (RFC 9562), which begin with a time and sort by it.

const latestTime = 2 ** 48 - 1;
const bytesOfId = 16;
/**
 * Random bytes for many ids: each time that the system is asked for some costs more than all else about an id. There
 * are none before the first id: the console loads this file, and a browser has no Buffer.
 */
let random: Buffer | undefined;
let used = 0;
let sequence = 0;

/**
 * The id of the execution of one handler for one event: the same whenever and wherever it is computed, so that a
 * receiver can tell a repeat. Laid out as a UUIDv7 (RFC 9562): the first 48 bits are the time of the event, the rest is
 * a hash.
 *
 * @param occurredAt Time of the event, milliseconds since 1970.
 * @param replayId Given for a replay, whose executions are new ones.
 */
export function executionId(eventId: string, occurredAt: number, handlerId: string, replayId?: string): string {
  const identity = replayId === undefined ? `${eventId}\n${handlerId}` : `${eventId}\n${handlerId}\n${replayId}`;
  const digits = hash('sha256', identity);
  const variant = '89ab'[Number.parseInt(digits[16]!, 16) % 4]!;
  return uuidText(`${timeDigits(occurredAt)}7${digits.slice(13, 16)}${variant}${digits.slice(17, 32)}`);
}

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
  return uuidText(bytes.toString('hex'));
}

function randomBytes(): Buffer {
  if (!random || used === random.length) {
    random = randomFillSync(random ?? Buffer.allocUnsafe(256 * bytesOfId));
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
  return uuidText(timeDigits(Math.min(Math.max(time, 0), latestTime)).padEnd(2 * bytesOfId, '0'));
}

/** The time in a UUIDv7 (RFC 9562), milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The first 48 bits of an id, in hexadecimal. */
function timeDigits(time: number): string {
  return time.toString(16).padStart(12, '0');
}

/** The text of a UUID, given its 32 hexadecimal digits. */
function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
