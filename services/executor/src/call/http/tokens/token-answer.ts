import { isJsonObject } from '#contracts';
import type { Reply } from '../exchange.ts';

/** An access token, as an answer has it. */
export interface GrantedToken {
  readonly token: string;
  /** How long it is valid, milliseconds. */
  readonly lifetimeMs: number;
}

/** Where the answer does not say how long a token is valid (RFC 6749, 5.1, leaves that open). */
const usualLifetimeMs = 300_000;
/** A token that ends at once still serves the calls that wait for it, so that not each of them asks. */
const shortestLifetimeMs = 1_000;
/** Longer than a server can mean it, and short enough for every clock. */
const longestLifetimeMs = 30 * 86_400_000;

/** What a token may consist of in a header (RFC 6750, 2.1, and what servers really issue). */
const sendable = /^[\x21-\x7e]+$/;
/** Codes of errors (RFC 6749, 5.2) name no secret; what else stands in an answer may. */
const errorCode = /^[a-z][a-z0-9_]{0,59}$/;

/** Why an answer holds no token: the end of a sentence that begins with the endpoint. */
export type TokenFault = string;

/** Reads the answer of a token endpoint (RFC 6749, 5). */
export function grantedToken({ status, body }: Pick<Reply, 'status' | 'body'>): GrantedToken | TokenFault {
  const answer = body.truncated ? undefined : parsed(body.text);
  if (status >= 300 && status < 400) return `answered ${status}; redirects are not followed`;
  if (status < 200 || status >= 300) {
    const code = isJsonObject(answer) && typeof answer['error'] === 'string' ? answer['error'] : '';
    return errorCode.test(code) ? `answered ${status} (${code})` : `answered ${status}`;
  }
  if (body.truncated) return 'answered with more than it takes to say a token';
  if (!isJsonObject(answer)) return 'answered with something that is no JSON object';
  const { access_token: token, token_type: type, expires_in: expiresIn } = answer;
  if (typeof token !== 'string' || token === '') return 'answered without access_token';
  if (!sendable.test(token)) return 'answered with an access_token that cannot be sent in a header';
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    return `answered with a token that is not of type Bearer`;
  }
  return { token, lifetimeMs: lifetimeMs(expiresIn) };
}

/** Some servers send the seconds as a string. */
function lifetimeMs(expiresIn: unknown): number {
  const isGiven = typeof expiresIn === 'number' || (typeof expiresIn === 'string' && expiresIn.trim() !== '');
  const seconds = isGiven ? Number(expiresIn) : NaN;
  if (Number.isNaN(seconds)) return usualLifetimeMs;
  return Math.min(Math.max(seconds * 1_000, shortestLifetimeMs), longestLifetimeMs);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
