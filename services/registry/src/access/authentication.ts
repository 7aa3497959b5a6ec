import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Unauthenticated } from './access-errors.ts';
import type { Caller } from './caller.ts';
import { FailedAttempts } from './failed-attempts.ts';
import { bearerToken } from './keys/api-key.ts';
import { ApiKeys } from './keys/api-keys.service.ts';
import { looksLikeJwt } from './oidc/jwt.ts';
import { OidcTokens } from './oidc/oidc-tokens.ts';
import { refuseForeignOrigin } from './origin.ts';
import { sessionToken } from './sessions/session-cookie.ts';
import { Sessions } from './sessions/sessions.service.ts';

/** Finds out who makes a request. */
@Injectable()
export class Authentication {
  readonly #keys: ApiKeys;
  readonly #sessions: Sessions;
  readonly #tokens: OidcTokens;
  readonly #failed: FailedAttempts;

  constructor(keys: ApiKeys, sessions: Sessions, tokens: OidcTokens, failed: FailedAttempts) {
    this.#keys = keys;
    this.#sessions = sessions;
    this.#tokens = tokens;
    this.#failed = failed;
  }

  /**
   * By the `Authorization` header where there is one, else by the session's cookie: who sends both means the header.
   *
   * @throws {Unauthenticated}
   * @throws {TooManyAttempts} In place of the former, when many wrong keys came from the same address.
   * @throws {ForeignOrigin} When a page of another site would change something with the cookie.
   * @throws {IssuerUnavailable}
   */
  async callerOf(request: FastifyRequest): Promise<Caller> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) return this.#byBearer(authorization, request.ip);
    const token = sessionToken(cookie);
    if (token === undefined) throw new Unauthenticated('send an API key: Authorization: Bearer <key>');
    const session = await this.#sessions.find(token);
    if (!session) throw new Unauthenticated('the session has ended; sign in again');
    refuseForeignOrigin(request);
    return { ...session, address: request.ip };
  }

  async #byBearer(header: string, address: string): Promise<Caller> {
    const token = bearerToken(header);
    if (token === undefined) throw new Unauthenticated('send an API key: Authorization: Bearer <key>');
    try {
      return { ...(await this.#holderOf(token)), address };
    } catch (error) {
      if (error instanceof Unauthenticated) this.#failed.count('bearer', address);
      throw error;
    }
  }

  async #holderOf(token: string): Promise<Omit<Caller, 'address'>> {
    if (this.#tokens.areAccepted && looksLikeJwt(token)) return this.#tokens.verify(token);
    const key = await this.#keys.find(token);
    if (!key) throw new Unauthenticated('invalid API key: unknown, revoked or expired');
    return { kind: 'api_key', ...key };
  }
}
