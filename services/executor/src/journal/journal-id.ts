import { v7 as uuidv7 } from 'uuid';

let sequence = 0;

/**
 * A UUIDv7 (RFC 9562) of a moment, with a counter behind the millisecond: what one executor writes down sorts in the order in
 * which it was written down, also within a millisecond.
 */
export function journalId(at: Date): string {
  sequence = (sequence + 1) >>> 0;
  return uuidv7({ msecs: at.getTime(), seq: sequence });
}
