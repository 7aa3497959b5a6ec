import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Now } from '#database';
import type { OidcSettings } from '#settings';
import { Forbidden, IssuerUnavailable, Unauthenticated } from '../access-errors.ts';
import type { Caller } from '../caller.ts';
import { Issuer } from './issuer.ts';
import { nameOf, roleOf, storable } from './token-role.ts';

/** Signatures with a private key of the provider; nothing that a public key could be taken for the secret of. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far the provider's clock and ours may lie apart, seconds. */
const clockTolerance = 30;

/** Bearer tokens of an identity provider, in place of API keys. */
export class OidcTokens {
  readonly #settings: OidcSettings | undefined;
  readonly #issuer: Issuer | undefined;
  readonly #now: Now;

  /**
   * @param settings Without them no token is accepted.
   * @param now The database's clock, by which a token is valid or not.
   */
  constructor(settings: OidcSettings | undefined, now: Now) {
    this.#settings = settings;
    this.#now = now;
    this.#issuer = settings && new Issuer(settings.issuer);
  }

  get areAccepted(): boolean {
    return this.#issuer !== undefined;
  }

  /**
   * Whose token it is.
   *
   * @throws {Unauthenticated} When it is not of our provider, not for us, not valid now, or not in order.
   * @throws {Forbidden} When it is, and gives no role.
   * @throws {IssuerUnavailable}
   */
  async verify(token: string): Promise<Omit<Caller, 'address'>> {
    const { rolesClaims } = this.#settings!;
    const payload = await this.#payloadOf(token);
    const role = roleOf(payload, rolesClaims);
    if (role === undefined) {
      throw new Forbidden(`the token gives no role: ${rolesClaims.join(' or ')} has to hold viewer, operator or admin`);
    }
    const expiresAt = new Date(payload.exp * 1_000);
    return { kind: 'oidc', id: storable(payload.sub), name: nameOf(payload), role, expiresAt };
  }

  async #payloadOf(token: string): Promise<JWTPayload & { sub: string; exp: number }> {
    const { issuer, audience } = this.#settings!;
    const keys = await this.#issuer!.keys();
    const currentDate = new Date(this.#now());
    const required = { issuer, audience, algorithms, clockTolerance, currentDate, requiredClaims: ['sub', 'exp'] };
    try {
      const { payload } = await jwtVerify<{ sub: string; exp: number }>(token, keys, required);
      return payload;
    } catch (error) {
      // What has no code of the library's, or is about its getting the keys, says nothing against the token.
      if (!(error instanceof errors.JOSEError) || isAboutFetching(error)) throw new IssuerUnavailable({ cause: error });
      throw new Unauthenticated(`invalid token: ${error.message}`, { cause: error });
    }
  }
}

function isAboutFetching(error: errors.JOSEError): boolean {
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC'
  );
}
