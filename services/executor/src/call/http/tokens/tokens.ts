import { createHash } from 'node:crypto';
import type { Logger } from '#observability';
import { retryable, type Failure } from '../../outcome.ts';
import { alwaysOurs, Deadline } from '../../call.ts';
import { errorMessage } from '../../error-code.ts';
import type { TokenAuth } from '../../opened-target.ts';
import type { Agents, Lines } from '../agents.ts';
import { Exchange } from '../exchange.ts';
import { statusOutcome } from '../http-message.ts';
import { grantedToken, type GrantedToken } from './token-answer.ts';
import { endpointName, tokenRequest } from './token-request.ts';
import { NoToken, TokenSource } from './token-source.ts';

/** How long a token endpoint may take, milliseconds. The calls that wait for it have limits of their own. */
const requestLimitMs = 10_000;
/** An endpoint is not left alone for longer than this, whatever it asks for: every call of the target waits for it. */
const longestPauseMs = 300_000;

export interface TokensOptions {
  readonly agents: Agents;
  readonly logger?: Logger | undefined;
  /** Milliseconds of a monotonic clock. */
  readonly now?: (() => number) | undefined;
}

/** The access tokens of all targets. Token endpoints are called as targets are: at addresses that may be called. */
export class Tokens {
  readonly #agents: Agents;
  readonly #logger: Logger | undefined;
  readonly #now: () => number;
  /** By target, credentials and certificates: when these change, the old token is no longer used. */
  readonly #sources = new Map<string, TokenSource>();
  /** The same once more: the credentials are one object for all calls of a target, until it is changed. */
  readonly #known = new WeakMap<TokenAuth, TokenSource>();
  readonly #stopping = new AbortController();

  constructor({ agents, logger, now = () => performance.now() }: TokensOptions) {
    this.#agents = agents;
    this.#logger = logger;
    this.#now = now;
  }

  /** Where the calls with these credentials get their token. */
  source(auth: TokenAuth): TokenSource {
    let source = this.#known.get(auth);
    if (!source) {
      const key = keyOf(auth);
      source = this.#sources.get(key) ?? this.#open(key, auth);
      this.#known.set(auth, source);
    }
    return source;
  }

  /** Ends the requests in flight. */
  stop(): void {
    this.#stopping.abort();
  }

  #open(key: string, auth: TokenAuth): TokenSource {
    for (const [other, { isIdle }] of this.#sources) if (isIdle) this.#sources.delete(other);
    const source = new TokenSource(() => this.#request(auth), this.#now);
    this.#sources.set(key, source);
    return source;
  }

  /** @throws {NoToken} */
  async #request(auth: TokenAuth): Promise<GrantedToken> {
    const endpoint = `the token endpoint ${endpointName(auth.tokenUrl)}`;
    const deadline = new Deadline(requestLimitMs, this.#stopping.signal);
    try {
      const request = tokenRequest(auth);
      const exchange = (lines: Lines) =>
        Exchange.run({ lines, request, deadline, assertOurs: alwaysOurs, onSent: () => undefined });
      const { tls } = auth;
      const reply = await (tls ? this.#agents.use(tls, exchange) : exchange(this.#agents.common));
      const granted = grantedToken(reply);
      if (typeof granted !== 'string') return granted;
      // A date to wait for is not worth a look at the clocks here.
      const { retryAfterMs } = statusOutcome(reply.status, reply.headers['retry-after'], NaN) as Partial<Failure>;
      throw new NoToken(`${endpoint} ${granted}`, retryAfterMs && Math.min(retryAfterMs, longestPauseMs));
    } catch (error) {
      const fault = error instanceof NoToken ? error : new NoToken(`${endpoint} ${faultOf(error as Error, deadline)}`);
      this.#logger?.warn({ targetId: auth.targetId, error: fault.message }, 'failed to get an access token; retrying');
      throw fault;
    } finally {
      deadline.clear();
    }
  }
}

/** Why a request has no answer: the end of a sentence that begins with the endpoint. */
function faultOf(error: Error, { cause }: Deadline): string {
  if (cause !== undefined) return `failed: no complete answer within ${requestLimitMs} ms`;
  // When every address of a name was tried, the first failure speaks for all.
  const [first = error] = 'errors' in error ? (error.errors as Error[]) : [];
  return `failed: ${errorMessage(first, 'tls.ca of the target')}`;
}

/** A token that is not there is no fault of the target, and none of the execution. */
export function withoutToken(message: string): Failure {
  return retryable('auth_unavailable', message);
}

/** The same for the same credentials, whatever object they are in. */
function keyOf(auth: TokenAuth): string {
  const parts = Object.entries(auth).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
