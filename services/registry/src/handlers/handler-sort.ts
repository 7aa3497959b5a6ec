const columns = ['priority', 'name', 'event', 'status', 'createdAt', 'updatedAt'] as const;

export type SortColumn = (typeof columns)[number];

/** What handlers may be sorted by; with `-` from the last to the first. */
export const sortKeys: readonly string[] = columns.flatMap((column) => [column, `-${column}`]);

/** The columns and directions that sort keys ask for; what is equal in all of them comes in order of creation. */
export function sortOrder(keys: readonly string[]): [column: SortColumn | 'id', direction: 'ASC' | 'DESC'][] {
  const asked = keys.map((key): [SortColumn, 'ASC' | 'DESC'] =>
    key.startsWith('-') ? [key.slice(1) as SortColumn, 'DESC'] : [key as SortColumn, 'ASC'],
  );
  const rest = (['createdAt', 'id'] as const).filter((column) => !asked.some(([used]) => used === column));
  return [...asked, ...rest.map((column): [SortColumn | 'id', 'ASC'] => [column, 'ASC'])];
}
