/**
 * The newest of the rows of several statements, each once.
 *
 * @param pages Each the newest first; rows have ids that are UUIDv7.
 */
export function newestOf<Row extends { readonly id: string }>(
  pages: readonly (readonly Row[])[],
  limit: number,
): Row[] {
  const byId = new Map(pages.flat().map((row) => [row.id, row]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, limit);
}
