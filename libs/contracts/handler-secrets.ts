import type { HttpTask } from './task.ts';

/**
 * Stands where a secret is, in what is shown and what is kept of a handler or target; given back, it means the one that
 * is kept.
 */
export const secretMark = '***';

/** Fields and headers that hold what gives access, by their names. */
const telling = /authori[sz]ation|cookie|token|secret|passw(or)?d|credential|api[-_]?key|signature/i;
/** Headers that do so by convention. The key of an idempotent request is none. */
const conventional = /^x-auth|(?<!idempotency)-key$/i;

/** Whether what has this name is likely to hold a secret. */
export function looksSecret(name: string): boolean {
  return telling.test(name);
}

/** Whether the value of a header is likely to be a secret, by its name. */
export function isSecretHeader(name: string): boolean {
  return telling.test(name) || conventional.test(name);
}

/**
 * Those headers of a task whose values are secret, by their names or because the task says so: in lower case, sorted.
 */
export function secretHeadersOf({
  headers,
  secretHeaders = [],
}: Pick<HttpTask, 'headers' | 'secretHeaders'>): string[] {
  const telling = Object.keys(headers).filter(isSecretHeader);
  return [...new Set([...telling, ...secretHeaders].map((name) => name.toLowerCase()))].sort();
}

/** Under which name a handler or a target keeps one of its secrets. */
export const secretSlots = {
  header: (name: string): string => `header:${name.toLowerCase()}`,
  tlsKey: 'tls:key',
  /** A target's password, or the client secret with which it asks for tokens. */
  auth: 'auth:secret',
  signing: (id: string): string => `signing:${id}`,
} as const;

/** Whether a slot is one of the signing secrets, which stay when the task is replaced. The others go with the task. */
export function isSigningSlot(slot: string): boolean {
  return slot.startsWith(secretSlots.signing(''));
}

/** The visible part of a signing secret of a handler. Times are ISO 8601. */
export interface SigningSecret {
  readonly id: string;
  readonly createdAt: string;
  /** From then on it signs no more; null: until it is replaced. */
  readonly expiresAt: string | null;
}

/** What a secret of a handler or target is sealed for: it opens for this owner and in this slot only. */
export function secretContext(ownerId: string, slot: string): string {
  return `${ownerId}/${slot}`;
}
