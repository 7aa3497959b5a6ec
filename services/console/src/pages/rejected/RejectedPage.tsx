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
import { Time } from '../../components/Time.tsx';
import { formatBytes, visibleText } from './raw-bytes.ts';
import { reasons, type Reason } from './reasons.ts';
import { rejectedQuery } from './rejected.ts';
import { isNarrowed, type RejectedFilters } from './rejected-filters.ts';

const route = getRouteApi('/rejected');
const reasonCodes = Object.keys(reasons) as Reason[];

/** Messages that were no events. */
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
        description="Messages of billing that could not be read as events. They were not run, and are kept as they came."
      />
      <FilterFields label="Rejected messages" onReset={isNarrowed(filters) ? reset : undefined}>
        <NativeSelect
          label="Reason"
          value={filters.reason ?? ''}
          onChange={({ currentTarget: { value } }) => change({ reason: oneOfIn(reasonCodes, value) })}
          data={[{ value: '', label: 'Any' }, ...Object.entries(reasons).map(([value, label]) => ({ value, label }))]}
        />
        <FilterText label="Routing key" value={filters.routingKey} onChange={(routingKey) => change({ routingKey })} />
        <PeriodFields period={filters} onChange={change} />
      </FilterFields>
      {error && (
        <ProblemAlert title="The rejected messages could not be read" problem={error} onRetry={() => void refetch()} />
      )}
      {!error && (
        <DataTable
          label="Rejected messages"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={isNarrowed(filters) ? <NothingFound title="No rejected messages match" onReset={reset} /> : <None />}
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
  return (
    <Empty title="No message was rejected">
      What billing publishes is listed here when it is no event that can be read.
    </Empty>
  );
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
  { title: 'Reason', cell: ({ reason }) => reasons[reason] },
  { title: 'What is wrong', cell: ({ message }) => visibleText(message) },
  { title: 'Routing key', cell: ({ routingKey }) => <EventName event={visibleText(routingKey)} /> },
  { title: 'Size', cell: ({ size }) => formatBytes(size), align: 'end' },
];
