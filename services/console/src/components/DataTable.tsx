/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   see DataTable: the roles are implied only as long as the elements are laid out as a table. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';
import { SortButton, type Sorting } from './SortButton.tsx';

export interface Column<Row> {
  /** Its heading, and what stands beside its value where there is no room for a table. */
  title: string;
  cell: (row: Row) => ReactNode;
  /** The key by which the API sorts by it. */
  sortKey?: string;
  align?: 'end';
  /** CSS width, where the content does not decide. */
  width?: string;
}

interface Props<Row> {
  /** What it lists, for those who hear it. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they are read for the first time. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  sorting?: Sorting;
  /** What stands in place of rows when there are none. */
  empty: ReactNode;
  /** The rows are those of before, and others are on their way. */
  isStale?: boolean;
}

const skeletonRows = 8;

/**
 * A dense table. Where there is no room each row becomes a card with the headings beside the values; the roles are written out because
 * browsers take `display: grid` for the end of a table.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, sorting, empty, isStale = false }: Props<Row>) {
  if (rows?.length === 0) return <div className={classes.frame}>{empty}</div>;
  return (
    <div className={classes.container}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too */}
      <div className={classes.frame} role="region" aria-label={label} tabIndex={0} data-stale={isStale || undefined}>
        <table className={classes.table} role="table" aria-label={label} aria-busy={rows === undefined || isStale}>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map(({ title, sortKey, align, width }) => (
                <th
                  key={title}
                  role="columnheader"
                  scope="col"
                  data-align={align}
                  style={{ width }}
                  aria-sort={sortKey !== undefined ? sorting?.directionOf(sortKey) : undefined}
                >
                  {sortKey !== undefined && sorting ? (
                    <SortButton title={title} sortKey={sortKey} sorting={sorting} />
                  ) : (
                    title
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows?.map((row) => (
              <tr key={rowKey(row)} role="row">
                {columns.map(({ title, cell, align }) => (
                  <td key={title} role="cell" data-title={title} data-align={align}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            )) ?? <SkeletonRows columns={columns.length} />}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function SkeletonRows({ columns }: { columns: number }) {
  return Array.from({ length: skeletonRows }, (_, row) => (
    <tr key={row} role="row">
      {Array.from({ length: columns }, (__, column) => (
        <td key={column} role="cell">
          <Skeleton height={12} radius="sm" width={`${50 + ((row * 3 + column * 7) % 5) * 10}%`} />
        </td>
      ))}
    </tr>
  ));
}
