/** A list with one of its members in another place; those between make room. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const place = Math.min(Math.max(to, 0), list.length - 1);
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(place, 0, list[from]!);
}
