/** A value that stands for as many as its weight says. */
export interface Sample {
  readonly value: number;
  readonly weight: number;
}

/**
 * The least values that the given shares of all are not above (nearest rank); null where there is no sample.
 *
 * @param shares Each from 0 to 1.
 */
export function percentiles(samples: readonly Sample[], shares: readonly number[]): (number | null)[] {
  const sorted = [...samples].sort((one, other) => one.value - other.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map((share) => {
    let reached = 0;
    const found = sorted.find(({ weight }) => (reached += weight) >= share * total);
    return found?.value ?? sorted.at(-1)?.value ?? null;
  });
}
