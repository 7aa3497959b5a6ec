import type { TargetView } from '#contracts/rest-api';

const authNames: Readonly<Record<NonNullable<TargetView['auth']>['type'], string>> = {
  basic: 'Basic',
  oauth2_client_credentials: 'OAuth 2.0 client credentials',
};

/** How calls are authenticated, in words. */
export function authInWords(auth: TargetView['auth']): string {
  return auth === null ? 'None' : authNames[auth.type];
}

/** The limits of a target: `5 per second, 3 at a time`. */
export function limitsInWords({ rate, maxConcurrency }: Pick<TargetView, 'rate' | 'maxConcurrency'>): string {
  const parts = [
    rate && `${rate.perSecond} per second${rate.burst > 1 ? `, ${rate.burst} at once` : ''}`,
    maxConcurrency !== null && `${maxConcurrency} at a time`,
  ].filter((part) => part !== null && part !== false);
  return parts.length === 0 ? 'None' : parts.join(', ');
}
