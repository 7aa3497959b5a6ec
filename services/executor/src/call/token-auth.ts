import type { ClientCredentialsAuth } from '#contracts';

/** How to get access tokens for a target; the client's secret is in its place. */
export interface TokenAuth extends Readonly<ClientCredentialsAuth> {
  readonly targetId: string;
}

/** A text as forms have it (`application/x-www-form-urlencoded`). */
export function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Id and secret of a client as its password (RFC 6749, 2.3.1): each encoded, so that either may have any sign. */
export function clientPassword({ clientId, clientSecret }: Pick<TokenAuth, 'clientId' | 'clientSecret'>): string {
  return Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64');
}
