import type { ApiKeyEntity } from '#orm';

/** The condition that a key of a table opens something. */
export function usableKeySql(table: string): string {
  return `${table}.revoked_at is null and (${table}.expires_at is null or ${table}.expires_at > now())`;
}

/** The same of a key that was read. */
export function isUsable({ revokedAt, expiresAt }: Pick<ApiKeyEntity, 'revokedAt' | 'expiresAt'>, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/**
 * The condition that a time of last use is to be written again. Once a minute is enough to see what is in use, and a
 * write for each request would be most of the work of a read.
 */
export function touchStaleSql(column: string): string {
  return `coalesce(${column} < now() - interval '1 minute', true)`;
}
