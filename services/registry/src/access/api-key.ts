import { createHash, randomBytes } from 'node:crypto';

/** A new key: recognisable as one of ours, and not to be guessed. */
export function generateApiKey(): string {
  return `pvr_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a key. Without salt and stretching, since keys are random and long, and must be found by it. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The token of an `Authorization: Bearer …` header (RFC 6750), or undefined. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1];
}
