import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const pattern = /^(prov_[0-9a-f]{12})_[\w-]{43}$/;

/**
 * A new key, `prov_<12 hex digits>_<secret>`: recognisable as one of ours by people and by scanners for leaked secrets,
 * with a part that may be shown, and 256 bits that cannot be guessed.
 */
export function generateApiKey(): string {
  return `prov_${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`;
}

/** The part of a key that may be shown; undefined for a key of another form. */
export function prefixOf(key: string): string | undefined {
  return pattern.exec(key)?.[1];
}

/** What is kept of a key. Without salt and stretching, since keys are random and long, and must be found by it. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Whether a hash is that of a key; how long the answer takes does not say how near it was. */
export function isHashOf(hash: Buffer, key: string): boolean {
  const other = hashApiKey(key);
  return hash.length === other.length && timingSafeEqual(hash, other);
}

/** The token of an `Authorization: Bearer …` header (RFC 6750), or undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1];
}
