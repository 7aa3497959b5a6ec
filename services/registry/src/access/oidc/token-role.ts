import type { JWTPayload } from 'jose';
import { apiRoles, type ApiRole } from '#orm';

/**
 * The role that a token gives: the highest of ours in the first of the claims that is there, be it one text or a list.
 *
 * @param claims A claim may have a dot in its name, or the dot leads into it: `realm_access.roles`.
 */
export function roleOf(payload: JWTPayload, claims: readonly string[]): ApiRole | undefined {
  const claim = claims.map((name) => valueAt(payload, name)).find((value) => value !== undefined);
  const given: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return apiRoles.findLast((role) => given.includes(role));
}

function valueAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined;
  }, claims);
}

const nameClaims = ['preferred_username', 'email', 'name'] as const;
const longestName = 255;

/** What to call the holder of a token; without anything that people read, its subject. */
export function nameOf(payload: JWTPayload & { sub: string }): string {
  const name = nameClaims.map((claim) => payload[claim]).find((value) => typeof value === 'string' && value !== '');
  return storable((name as string | undefined) ?? payload.sub);
}

/** A foreign text that PostgreSQL can store, and that stays one line in a log. */
export function storable(text: string): string {
  const plain = text.toWellFormed().replace(/\p{Cc}/gu, ' ');
  return Array.from(plain).slice(0, longestName).join('');
}
