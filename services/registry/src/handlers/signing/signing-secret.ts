import { randomBytes } from 'node:crypto';
import type { SigningSecret } from '#contracts';

/** Bytes of a secret; Standard Webhooks asks for 24 to 64. */
const secretBytes = 32;

/** More do not help a receiver, and each lengthens every call's headers. */
export const maxSigningSecrets = 5;

/** A new secret in the form that its receiver needs, by Standard Webhooks. */
export function newSecretText(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** The secrets that have not expired. */
export function inForce(secrets: readonly SigningSecret[], now: Date): SigningSecret[] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now);
}

/**
 * The secrets after one more was made: those before it sign on until the overlap has passed, unless they end earlier.
 */
export function rotated(
  secrets: readonly SigningSecret[],
  newest: SigningSecret,
  overlapMs: number,
  now: Date,
): SigningSecret[] {
  const end = new Date(now.getTime() + overlapMs);
  const ending = inForce(secrets, now).map((secret) => ({ ...secret, expiresAt: earlier(secret.expiresAt, end) }));
  return [...inForce(ending, now), newest];
}

function earlier(expiresAt: string | null, end: Date): string {
  return expiresAt !== null && new Date(expiresAt) < end ? expiresAt : end.toISOString();
}
