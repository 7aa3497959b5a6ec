import type { Hold } from '#contracts';

/** A hold that still holds at a time; null for one that has ended, or when there is none. */
export function holdInForce(hold: Hold | null, now: Date): Hold | null {
  if (hold === null || (hold.until !== null && Date.parse(hold.until) <= now.getTime())) return null;
  const { reason, until, since, by } = hold;
  return { reason, until, since, by };
}
