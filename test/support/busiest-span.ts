/** The most times that lie within any span of a length. */
export function busiestSpan(times: readonly number[], length: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, time] of sorted.entries()) {
    while (time - sorted[first]! >= length) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
