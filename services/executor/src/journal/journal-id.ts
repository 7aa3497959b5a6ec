import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const bytesOfId = 16;
/** Random bytes for many ids: each time that the system is asked for some costs more than all else about an id. */
const random = Buffer.allocUnsafe(256 * bytesOfId);
let used = random.length;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562) of a moment, with a counter behind the millisecond: what one executor writes down sorts in the order in
 * which it was written down, also within a millisecond.
 */
export function journalId(at: Date): string {
  sequence = (sequence + 1) >>> 0;
  return uuidv7({ msecs: at.getTime(), seq: sequence, random: randomBytes() });
}

function randomBytes(): Buffer {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  return random.subarray(used, (used += bytesOfId));
}
