/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   see DataTable: the roles are implied only as long as the elements are laid out as a table. */
import { Skeleton } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import classes from './DataTable.module.css';
import { SortButton, type Sorting } from './SortButton.tsx';

export interface Column<Row> {
  /** Its heading, and its label in a card. */
  title: string;
  cell: (row: Row) => ReactNode;
  /** The key by which the API sorts by it. */
  sortKey?: string;
  align?: 'end';
  /** CSS width, where the content does not decide. */
  width?: string;
  /** It is left out where the table has little room. */
  isSecondary?: boolean;
}

/** Rows that belong together, under a heading. The list is sorted by the key. */
export interface Grouping<Row> {
  keyOf: (row: Row) => string;
  heading: (key: string, rows: readonly Row[]) => ReactNode;
}

interface Props<Row> {
  /** What it lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they are read for the first time. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  sorting?: Sorting;
  /** Shown in place of rows when there are none. */
  empty: ReactNode;
  /** The rows are the previous ones, and others are being read. */
  isStale?: boolean;
  grouping?: Grouping<Row> | undefined;
  /** The widths of the columns decide, and not their content: each row takes one line. */
  isFixed?: boolean;
}

const skeletonRows = 8;

/**
 * A dense table. Where there is little room it has fewer columns; on a phone each row is a card with the headings
 * beside the values. The roles are written out because browsers take `display: grid` for the end of a table.
 */
export function DataTable<Row>({ rows, empty, isStale = false, isFixed = false, ...props }: Props<Row>) {
  if (rows?.length === 0) return <div className={classes.frame}>{empty}</div>;
  const { label, columns, sorting, grouping, rowKey } = props;
  return (
    <div className={classes.container}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too */}
      <div className={classes.frame} role="region" aria-label={label} tabIndex={0} data-stale={isStale || undefined}>
        <table
          className={classes.table}
          role="table"
          aria-label={label}
          aria-busy={rows === undefined || isStale}
          data-fixed={isFixed || undefined}
        >
          <thead role="rowgroup">
            <tr role="row">
              {columns.map(({ title, sortKey, align, width, isSecondary }) => (
                <th
                  key={title}
                  role="columnheader"
                  scope="col"
                  data-align={align}
                  data-secondary={isSecondary}
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
            {rows ? (
              <Rows rows={rows} columns={columns} rowKey={rowKey} grouping={grouping} />
            ) : (
              <SkeletonRows columns={columns} />
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RowsProps<Row> extends Pick<Props<Row>, 'columns' | 'rowKey' | 'grouping'> {
  rows: readonly Row[];
}

function Rows<Row>({ rows, columns, rowKey, grouping }: RowsProps<Row>) {
  if (!grouping) return rows.map((row) => <TableRow key={rowKey(row)} row={row} columns={columns} />);
  return [...Map.groupBy(rows, grouping.keyOf)].map(([key, members]) => (
    <Fragment key={key}>
      <tr role="row" className={classes.group}>
        {/* Over the columns that are always there: a span over hidden ones would make columns of its own. */}
        <th role="rowheader" scope="rowgroup" colSpan={columns.filter(({ isSecondary }) => !isSecondary).length}>
          {grouping.heading(key, members)}
        </th>
      </tr>
      {members.map((row) => (
        <TableRow key={rowKey(row)} row={row} columns={columns} />
      ))}
    </Fragment>
  ));
}

function TableRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr role="row">
      {columns.map(({ title, cell, align, isSecondary }) => (
        <td key={title} role="cell" data-title={title} data-align={align} data-secondary={isSecondary}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

function SkeletonRows<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return Array.from({ length: skeletonRows }, (_, row) => (
    <tr key={row} role="row">
      {columns.map(({ title, isSecondary }, column) => (
        <td key={title} role="cell" data-secondary={isSecondary}>
          <Skeleton height={12} radius="sm" width={`${50 + ((row * 3 + column * 7) % 5) * 10}%`} />
        </td>
      ))}
    </tr>
  ));
}
