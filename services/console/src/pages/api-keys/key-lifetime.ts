const dayMs = 86_400_000;

/** How long a new key is to open something, in the words of the form. */
export const lifetimes = {
  never: 'Never',
  '30': 'In 30 days',
  '90': 'In 90 days',
  '365': 'In a year',
  at: 'On a date…',
} as const;
export type Lifetime = keyof typeof lifetimes;

/**
 * When a key expires, as the API takes it; undefined for never.
 *
 * @param at As a field for a moment of the viewer's zone has it, for the lifetime `at`; an empty one is left for the
 * registry to refuse.
 */
export function expiryOf(lifetime: Lifetime, at: string, now: Date): string | undefined {
  if (lifetime === 'never') return undefined;
  if (lifetime !== 'at') return new Date(now.getTime() + Number(lifetime) * dayMs).toISOString();
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : moment.toISOString();
}
