import { hash } from 'node:crypto';
import type { FieldValue } from './field-values.ts';

/**
 * What the index has of a value: 64 bits of the SHA-256 of field and value. Two values may share it, so a look-up
 * compares each event with the value.
 */
export function valueHash({ field, value }: FieldValue): bigint {
  // As text, since a buffer for each would take three times as long.
  const digest = hash('sha256', `${field}\n${value}`, 'binary');
  return (BigInt(bits(digest, 0)) << 32n) | BigInt(bits(digest, 4) >>> 0);
}

/** Four characters as a signed number of 32 bits. */
function bits(digest: string, at: number): number {
  const byte = (index: number): number => digest.charCodeAt(at + index);
  return (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
}
