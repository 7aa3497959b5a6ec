import { identifierFault } from '#contracts';

/** Where a page of deferrals ended. */
export interface DeferralPosition {
  /** Since when the last key seen waits, in microseconds since 1970, as exact as PostgreSQL keeps it. */
  readonly micros: string;
  readonly key: string;
}

const pattern = /^(\d{1,16}) (.+)$/s;

export function encodePosition({ micros, key }: DeferralPosition): string {
  return Buffer.from(`${micros} ${key}`).toString('base64url');
}

/** The position in a cursor, or undefined when it is not one of ours. */
export function decodePosition(cursor: string): DeferralPosition | undefined {
  const [, micros, key] = pattern.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (micros === undefined || key === undefined || identifierFault(key) !== undefined) return undefined;
  return { micros, key };
}
