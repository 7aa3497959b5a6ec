import { useState } from 'react';

/** The selected rows of a list, by their keys. */
export interface Selection<Row> {
  readonly chosen: ReadonlyMap<string, Row>;
  keyOf: (row: Row) => string;
  toggle: (row: Row) => void;
  /** Selects exactly these rows. */
  set: (rows: readonly Row[]) => void;
}

/**
 * The selection on a page of a list. Another page begins without one, because the earlier rows are out of sight.
 *
 * @param page Identifies the page: its filters and cursor.
 */
export function useSelection<Row>(page: string, keyOf: (row: Row) => string): Selection<Row> {
  const [state, setState] = useState({ page, chosen: new Map<string, Row>() });
  const chosen = state.page === page ? state.chosen : new Map<string, Row>();
  return {
    chosen,
    keyOf,
    toggle: (row) => {
      const changed = new Map(chosen);
      if (!changed.delete(keyOf(row))) changed.set(keyOf(row), row);
      setState({ page, chosen: changed });
    },
    set: (rows) => setState({ page, chosen: new Map(rows.map((row) => [keyOf(row), row])) }),
  };
}
