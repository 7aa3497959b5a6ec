import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { HandlerOutcomesView, HandlerView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { sortingBy } from '../../components/SortButton.tsx';
import type { DialogSubject } from './form/save-handler.ts';
import { sorts, type HandlerFilters } from './handler-filters.ts';
import { HandlerMenu } from './HandlerMenu.tsx';
import { LastOutcome } from './LastOutcome.tsx';
import { OrderHandle } from './order/OrderHandle.tsx';
import { useReordering } from './order/use-reordering.ts';
import { outcomesQuery } from './outcomes.ts';
import { StatusToggle } from './StatusToggle.tsx';
import { SuccessRate } from './SuccessRate.tsx';
import { TaskSummary } from './TaskSummary.tsx';

interface Props {
  /** Undefined while they are read for the first time. */
  handlers: readonly HandlerView[] | undefined;
  sort: string;
  onSort: (sort: HandlerFilters['sort']) => void;
  isStale: boolean;
  empty: ReactNode;
  onOpen: (subject: DialogSubject) => void;
  /** Where the rows can be put into another order. */
  onOrder: ((ids: readonly string[]) => void) | undefined;
}

/** What is known of a handler at once. How it fared comes after, since it takes longer. */
export function HandlerTable({ handlers, sort, onSort, isStale, empty, onOpen, onOrder }: Props) {
  const ids = (handlers ?? []).map(({ id }) => id).sort();
  const { data: outcomes } = useQuery(outcomesQuery(ids));
  const { ordered, reordering } = useReordering(handlers, onOrder ?? (() => undefined));
  const move: Column<HandlerView> = {
    title: 'Move',
    cell: (handler) => (
      <OrderHandle id={handler.id} name={handler.name} index={ordered?.indexOf(handler) ?? 0} reordering={reordering} />
    ),
    width: '3.5rem',
  };
  return (
    <>
      <DataTable
        label="Handlers"
        columns={[
          ...(onOrder ? [move] : []),
          ...settings,
          ...figures((id) => outcomes?.get(id)),
          { title: 'Actions', cell: (handler) => <HandlerMenu handler={handler} onOpen={onOpen} />, width: '3.75rem' },
        ]}
        rows={ordered}
        rowKey={({ id }) => id}
        sorting={sortingBy(sort, (wanted) => onSort(sorts.find((known) => known === wanted)))}
        isStale={isStale}
        empty={empty}
      />
      <VisuallyHidden role="status">{reordering.announcement}</VisuallyHidden>
    </>
  );
}

const settings: readonly Column<HandlerView>[] = [
  { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '5.25rem' },
  { title: 'Priority', cell: ({ priority }) => priority, sortKey: 'priority', align: 'end', width: '4.75rem' },
  {
    title: 'Name',
    cell: ({ id, name }) => (
      <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit fw={550} c="var(--accent-text)">
        {name}
      </PageLink>
    ),
    sortKey: 'name',
  },
  { title: 'Event', cell: ({ event }) => <EventName event={event} />, width: '13rem' },
  { title: 'Handler', cell: ({ task }) => <TaskSummary task={task} /> },
  { title: 'Status', cell: (handler) => <StatusToggle handler={handler} />, width: '5.25rem' },
];

function figures(of: (id: string) => HandlerOutcomesView | undefined): Column<HandlerView>[] {
  return [
    { title: 'Last outcome', cell: ({ id }) => <LastOutcome outcomes={of(id)} /> },
    { title: 'Last day', cell: ({ id }) => <SuccessRate outcomes={of(id)} />, width: '6rem' },
  ];
}
