import type { FastifyRequest } from 'fastify';
import { longestSessionMs } from './session-times.ts';

export const sessionCookie = 'provisor_session';

/** The value of our cookie in a `Cookie` header, or undefined when there is none that we could have made. */
export function sessionToken(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === sessionCookie && /^[\w-]{43}$/.test(value ?? '')) return value;
  }
  return undefined;
}

/** The `Set-Cookie` (RFC 6265) that begins a session; scripts do not see it, and other sites' pages do not send it. */
export function beginCookie(token: string, request: FastifyRequest): string {
  return cookie(token, longestSessionMs / 1_000, request);
}

/** The `Set-Cookie` that makes a browser forget it. */
export function endCookie(request: FastifyRequest): string {
  return cookie('', 0, request);
}

function cookie(value: string, seconds: number, request: FastifyRequest): string {
  const flags = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${cameByTls(request) ? '; Secure' : ''}`;
  return `${sessionCookie}=${value}; ${flags}`;
}

/** A false claim only makes the cookie work less often, so it is trusted from any proxy. */
function cameByTls({ protocol, headers }: FastifyRequest): boolean {
  const forwarded = headers['x-forwarded-proto'];
  const first = (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(',')[0];
  return protocol === 'https' || first?.trim().toLowerCase() === 'https';
}
