import { createRemoteJWKSet, type RemoteJWKSet } from 'jose';
import { IssuerUnavailable } from '../access-errors.ts';

const timeoutMs = 5_000;

/** An OpenID Connect provider, as far as it is needed to check its tokens: where its keys are, and what they are. */
export class Issuer {
  readonly #url: string;
  #keys: Promise<RemoteJWKSet> | undefined;

  /** @param url As its tokens spell it. Nothing is fetched before the first token comes. */
  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Its public keys, which are fetched again when a token names one that is not among them.
   *
   * @throws {IssuerUnavailable} The next call asks again.
   */
  keys(): Promise<RemoteJWKSet> {
    this.#keys ??= this.#discover().catch((error: unknown) => {
      this.#keys = undefined;
      throw new IssuerUnavailable({ cause: error });
    });
    return this.#keys;
  }

  /** OpenID Connect Discovery 1.0, 4. */
  async #discover(): Promise<RemoteJWKSet> {
    const url = `${this.#url.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const metadata = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    // Otherwise the keys of another server could be taken for the issuer's.
    if (metadata.issuer !== this.#url) throw new Error(`${url} speaks of another issuer`);
    return createRemoteJWKSet(keysUrl(metadata.jwks_uri, this.#url), { timeoutDuration: timeoutMs });
  }
}

/** Keys come no less safely than the metadata did. */
function keysUrl(uri: unknown, issuer: string): URL {
  const url = new URL(typeof uri === 'string' ? uri : '');
  if (url.protocol !== 'https:' && url.protocol !== new URL(issuer).protocol) throw new Error('jwks_uri is not https');
  return url;
}
