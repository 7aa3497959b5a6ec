import { hash } from 'node:crypto';

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
  const bytes = hash('sha256', identity, 'buffer').subarray(0, 16);
  bytes.writeUIntBE(occurredAt, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return uuidText(bytes);
}

/** The text of a UUID's sixteen bytes. */
export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
