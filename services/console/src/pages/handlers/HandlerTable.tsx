import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HandlerView } from '../../api/generated/schema.d.ts';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { sortingBy } from '../../components/SortButton.tsx';
import { sorts, type HandlerFilters } from './handler-filters.ts';
import { StatusToggle } from './StatusToggle.tsx';
import { TaskSummary } from './TaskSummary.tsx';

interface Props {
  /** Undefined while they are read for the first time. */
  handlers: readonly HandlerView[] | undefined;
  sort: string;
  onSort: (sort: HandlerFilters['sort']) => void;
  isStale: boolean;
  empty: ReactNode;
}

const columns: readonly Column<HandlerView>[] = [
  { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '7.5rem' },
  { title: 'Priority', cell: ({ priority }) => priority, sortKey: 'priority', align: 'end', width: '5.5rem' },
  {
    title: 'Name',
    cell: ({ id, name }) => (
      <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit fw={550} c="var(--accent-text)">
        {name}
      </PageLink>
    ),
    sortKey: 'name',
  },
  {
    title: 'Event',
    cell: ({ event }) => (
      <Text span className="mono">
        {event}
      </Text>
    ),
  },
  { title: 'Handler', cell: ({ task }) => <TaskSummary task={task} /> },
  { title: 'Status', cell: (handler) => <StatusToggle handler={handler} />, width: '8rem' },
];

export function HandlerTable({ handlers, sort, onSort, isStale, empty }: Props) {
  return (
    <DataTable
      label="Handlers"
      columns={columns}
      rows={handlers}
      rowKey={({ id }) => id}
      sorting={sortingBy(sort, (wanted) => onSort(sorts.find((known) => known === wanted)))}
      isStale={isStale}
      empty={empty}
    />
  );
}
