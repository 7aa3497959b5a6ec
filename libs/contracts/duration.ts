const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration as people write it: a whole number and a unit, `500ms`, `5s`, `30m`, `2h`, `90d`. */
export const durationPattern = /^(\d{1,9})(ms|s|m|h|d)$/;

/** The expected form of a duration; completes "must be …". */
export const durationForm = 'a duration like 500ms, 30s, 15m, 24h or 90d';

/**
 * Milliseconds of a written duration, or undefined when it does not fit {@link durationPattern}.
 */
export function parseDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

/** Writes a duration of whole milliseconds, not negative, in the largest unit that leaves no rest. */
export function writeDuration(ms: number): string {
  const units = Object.entries(unitMs).reverse();
  const [unit, length] = units.find(([, length]) => ms > 0 && ms % length === 0) ?? ['ms', 1];
  return `${ms / length}${unit}`;
}
