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

/** The average of some figures, as a whole number; 0 without any. */
export function average(figures: readonly number[]): number {
  return figures.length === 0 ? 0 : Math.round(figures.reduce((sum, each) => sum + each, 0) / figures.length);
}
