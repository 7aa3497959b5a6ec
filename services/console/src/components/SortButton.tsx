import { UnstyledButton } from '@mantine/core';
import classes from './DataTable.module.css';
import { SortedDownIcon, SortedUpIcon, UnsortedIcon } from './icons.tsx';

export interface Sorting {
  /** Undefined for a key that the list is not sorted by first. */
  directionOf: (sortKey: string) => 'ascending' | 'descending' | undefined;
  /** Sorts by a key, or turns its order round. */
  toggle: (sortKey: string) => void;
}

interface Props {
  title: string;
  sortKey: string;
  sorting: Sorting;
}

/** The heading of a sortable column; the column itself says how it is sorted. */
export function SortButton({ title, sortKey, sorting }: Props) {
  const direction = sorting.directionOf(sortKey);
  const SortIcon =
    direction === 'ascending' ? SortedUpIcon : direction === 'descending' ? SortedDownIcon : UnsortedIcon;
  return (
    <UnstyledButton
      className={classes.sort}
      data-sorted={direction !== undefined}
      onClick={() => sorting.toggle(sortKey)}
    >
      {title}
      <SortIcon size={14} />
    </UnstyledButton>
  );
}

/**
 * Sorting as the API writes it, `name` or `-name`.
 *
 * @param sort What the list is sorted by.
 */
export function sortingBy(sort: string, onChange: (sort: string) => void): Sorting {
  return {
    directionOf: (key) => (sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined),
    toggle: (key) => onChange(sort === key ? `-${key}` : key),
  };
}
