import { createHmac } from 'node:crypto';
import type { SigningKey } from '../call.ts';

/** What a signature vouches for. */
export interface SignedCall {
  readonly id: string;
  /** In seconds. */
  readonly timestamp: string;
  readonly body: string;
}

/**
 * The value of `webhook-signature` by Standard Webhooks, scheme `v1`: an HMAC-SHA256 over id, time and body for each
 * key that has not expired, so that a receiver that knows any one of them can check the call. Undefined when there is
 * none.
 */
export function webhookSignature(
  keys: readonly SigningKey[],
  { id, timestamp, body }: SignedCall,
  now: Date,
): string | undefined {
  const signatures = keys
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ key }) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return signatures.length > 0 ? signatures.join(' ') : undefined;
}
