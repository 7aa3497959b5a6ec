/** A measured value, with three digits that count. */
export function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

export function spread(runs: readonly number[]): string {
  return `${number(Math.min(...runs))} … ${number(Math.max(...runs))}`;
}
