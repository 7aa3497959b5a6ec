import { Checkbox } from '@mantine/core';
import type { Column } from './DataTable.tsx';
import type { Selection } from './selection.ts';

interface Props<Row> {
  /** The rows of the page that can be selected. */
  rows: readonly Row[];
  selection: Selection<Row>;
}

/** Selects all rows of a page, or none. */
export function SelectPage<Row>({ rows, selection: { chosen, keyOf, set } }: Props<Row>) {
  const areAll = rows.length > 0 && rows.every((row) => chosen.has(keyOf(row)));
  return (
    <Checkbox
      size="xs"
      label="Select this page"
      checked={areAll}
      indeterminate={chosen.size > 0 && !areAll}
      disabled={rows.length === 0}
      onChange={() => set(areAll ? [] : rows)}
    />
  );
}

/**
 * A column with a checkbox for each row.
 *
 * @param nameOf Names a row for screen readers.
 */
export function selectColumn<Row>(
  { chosen, keyOf, toggle }: Selection<Row>,
  nameOf: (row: Row) => string,
): Column<Row> {
  return {
    title: 'Select',
    width: '3.5rem',
    cell: (row) => (
      <Checkbox
        size="xs"
        aria-label={`Select ${nameOf(row)}`}
        checked={chosen.has(keyOf(row))}
        onChange={() => toggle(row)}
      />
    ),
  };
}
