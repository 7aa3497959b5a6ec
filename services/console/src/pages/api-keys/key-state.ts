import type { ApiKeyView } from '#contracts/rest-api';

export type KeyState = 'active' | 'expired' | 'revoked';

/** Whether a key opens anything, and if not, why. */
export function stateOf({ revokedAt, expiresAt }: ApiKeyView, now: Date): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'active';
}
