import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { HandlerOutcomesView, HandlerView } from '#contracts/rest-api';
import { Clamped } from '../../components/Clamped.tsx';
import { DataTable, type Column, type Grouping } from '../../components/DataTable.tsx';
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
  /** All of them are of one event. */
  isOneEvent: boolean;
  onSort: (sort: HandlerFilters['sort']) => void;
  isStale: boolean;
  empty: ReactNode;
  onOpen: (subject: DialogSubject) => void;
  /** Where the rows can be put into another order. */
  onOrder: ((ids: readonly string[]) => void) | undefined;
}

/** The handlers, a line for each, grouped by event. The figures come later, since they take longer. */
export function HandlerTable({ handlers, sort, isOneEvent, onSort, isStale, empty, onOpen, onOrder }: Props) {
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
          ...columns(isOneEvent, sort),
          ...figures((id) => outcomes?.get(id)),
          { title: 'Actions', cell: (handler) => <HandlerMenu handler={handler} onOpen={onOpen} />, width: '4.75rem' },
        ]}
        rows={ordered}
        rowKey={({ id }) => id}
        sorting={sortingBy(sort, (wanted) => onSort(sorts.find((known) => known === wanted)))}
        isStale={isStale}
        empty={empty}
        isFixed
        grouping={sort === 'event' ? byEvent : undefined}
      />
      <VisuallyHidden role="status">{reordering.announcement}</VisuallyHidden>
    </>
  );
}

const byEvent: Grouping<HandlerView> = {
  keyOf: ({ event }) => event,
  heading: (event) => (
    <PageLink to="/handlers" search={{ event }} inherit c="var(--mantine-color-text)" title="Show this event alone">
      <EventName event={event} isInline />
    </PageLink>
  ),
};

/** The event has a column of its own where rows of several events follow one another. */
function columns(isOneEvent: boolean, sort: string): readonly Column<HandlerView>[] {
  const event: Column<HandlerView> = {
    title: 'Event',
    cell: (handler) => <EventName event={handler.event} />,
    sortKey: 'event',
    width: '13rem',
  };
  return [
    { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '6rem', isSecondary: true },
    {
      title: 'Priority',
      cell: ({ priority }) => priority,
      ...(isOneEvent && { sortKey: 'priority' }),
      align: 'end',
      width: '4.75rem',
    },
    { title: 'Name', cell: (handler) => <Name handler={handler} />, sortKey: 'name', width: '18%' },
    ...(isOneEvent || sort === 'event' ? [] : [event]),
    { title: 'Handler', cell: ({ task }) => <TaskSummary task={task} /> },
    { title: 'Status', cell: (handler) => <StatusToggle handler={handler} />, width: '6.5rem' },
  ];
}

function Name({ handler: { id, name } }: { handler: HandlerView }) {
  return (
    <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit fw={550} c="var(--accent-text)">
      <Clamped text={name} />
    </PageLink>
  );
}

function figures(of: (id: string) => HandlerOutcomesView | undefined): Column<HandlerView>[] {
  return [
    { title: 'Last outcome', cell: ({ id }) => <LastOutcome outcomes={of(id)} />, width: '11.5rem' },
    { title: 'Last day', cell: ({ id }) => <SuccessRate outcomes={of(id)} />, width: '9.5rem', isSecondary: true },
  ];
}
