import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RejectedMessageView } from '#contracts/rest-api';
import { oneOfIn } from '../../app/search.ts';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Empty } from '../../components/Empty.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { FilterText } from '../../components/FilterText.tsx';
import { PageLink } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { PeriodFields } from '../../components/PeriodFields.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { rejectionReasons } from '../../components/reasons.ts';
import { Time } from '../../components/Time.tsx';
import { formatBytes, visibleText } from './raw-bytes.ts';
import { rejectedQuery } from './rejected.ts';
import { isNarrowed, type Reason, type RejectedFilters } from './rejected-filters.ts';

const route = getRouteApi('/rejected');
const reasonCodes = Object.keys(rejectionReasons) as Reason[];

/** Messages that are not valid events. */
export function RejectedPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(rejectedQuery(filters));
  const change = (changed: RejectedFilters): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changed }) });
  const reset = (): void => void navigate({ search: {} });
  return (
    <>
      <PageHeader
        title="Rejected"
        description="Messages that are not valid events. They are stored as received, and no handler runs."
      />
      <FilterFields label="Rejected messages" onReset={isNarrowed(filters) ? reset : undefined}>
        <NativeSelect
          label="Reason"
          value={filters.reason ?? ''}
          onChange={({ currentTarget: { value } }) => change({ reason: oneOfIn(reasonCodes, value) })}
          data={[
            { value: '', label: 'Any' },
            ...Object.entries(rejectionReasons).map(([value, label]) => ({ value, label })),
          ]}
        />
        <FilterText label="Routing key" value={filters.routingKey} onChange={(routingKey) => change({ routingKey })} />
        <PeriodFields period={filters} onChange={change} />
      </FilterFields>
      {error && (
        <ProblemAlert title="Failed to load the rejected messages" problem={error} onRetry={() => void refetch()} />
      )}
      {!error && (
        <DataTable
          label="Rejected messages"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={
            isNarrowed(filters) ? (
              <NothingFound title="No rejected messages match your filters" onReset={reset} />
            ) : (
              <None />
            )
          }
        />
      )}
      <CursorPager
        cursor={filters.cursor}
        nextCursor={data?.nextCursor}
        onMove={(cursor) => void navigate({ search: { ...filters, cursor } })}
      />
    </>
  );
}

function None() {
  return <Empty title="No rejected messages">Messages that are not valid events appear here, with the reason.</Empty>;
}

const columns: readonly Column<RejectedMessageView>[] = [
  {
    title: 'Date',
    cell: ({ id, rejectedAt }) => (
      <PageLink to="/rejected/$messageId" params={{ messageId: id }} inherit>
        <Time at={rejectedAt} />
      </PageLink>
    ),
    width: '11rem',
  },
  { title: 'Reason', cell: ({ reason }) => rejectionReasons[reason] },
  { title: 'Error', cell: ({ message }) => visibleText(message) },
  { title: 'Routing key', cell: ({ routingKey }) => <EventName event={visibleText(routingKey)} /> },
  { title: 'Size', cell: ({ size }) => formatBytes(size), align: 'end' },
];
