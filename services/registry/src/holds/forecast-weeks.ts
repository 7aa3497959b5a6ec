/** A stretch of time. Milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const weekMs = 7 * 86_400_000;
const mostWeeks = 4;

/**
 * The same hours of past weeks: the latest that have ended, at most four. Weeks that the journal has in part count only
 * where it has none whole.
 *
 * @param journalStart When the journal's first event was received; undefined while there is none.
 */
export function pastWeeks({ from, to }: Period, now: number, journalStart: number | undefined): Period[] {
  if (journalStart === undefined) return [];
  const nearest = Math.max(1, Math.ceil((to - now) / weekMs));
  const weeks = Array.from({ length: mostWeeks }, (_, index) => (nearest + index) * weekMs).map((ago) => ({
    from: from - ago,
    to: to - ago,
  }));
  const whole = weeks.filter((week) => week.from >= journalStart);
  return whole.length > 0 ? whole : weeks.filter((week) => week.to > journalStart);
}

/** The number of slices of a period of which a sample has a part each, so that it has all times of the day. */
const slices = 64;

/**
 * A share of a period, spread evenly over it.
 *
 * @param share Up to 1.
 */
export function sampleOf({ from, to }: Period, share: number): Period[] {
  if (share === 1) return [{ from, to }];
  const sliceMs = (to - from) / slices;
  return Array.from({ length: slices }, (_, index) => {
    const begin = from + index * sliceMs;
    return { from: Math.round(begin), to: Math.round(begin + share * sliceMs) };
  });
}

/** The keys of a sample of events, and how many of them have one event in it, or two. */
export interface SampledKeys {
  readonly keys: number;
  readonly once: number;
  readonly twice: number;
}

/** How many keys all events have of which there is a sample: those that were not seen are estimated (Chao 1). */
export function expectedKeys({ keys, once, twice }: SampledKeys, share: number): number {
  if (share === 1) return keys;
  const unseen = (once * (once - 1)) / (2 * (twice + 1));
  return Math.round(Math.min(keys + unseen, keys / share));
}

/** The average of some figures, as a whole number; 0 without any. */
export function average(figures: readonly number[]): number {
  return figures.length === 0 ? 0 : Math.round(figures.reduce((sum, each) => sum + each, 0) / figures.length);
}
