import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OperationView } from '#contracts/rest-api';
import { oneOfIn } from '../../app/search.ts';
import { Clamped } from '../../components/Clamped.tsx';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { PageButton, PageLink } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { StatusBadge, statusWords } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { operationKinds, operationStatuses, type OperationFilters } from './operation-filters.ts';
import { operationListQuery } from './operation-list.ts';
import { kindLabels } from './operation-words.ts';
import { OperationCancel } from './OperationCancel.tsx';
import { OperationProgress } from './OperationProgress.tsx';
import { OperationSubject } from './OperationSubject.tsx';

const route = getRouteApi('/operations');

const columns: readonly Column<OperationView>[] = [
  {
    title: 'Operation',
    cell: ({ id, kind, createdAt }) => (
      <div>
        <PageLink
          to="/operations/$operationId"
          params={{ operationId: id }}
          inherit
          c="var(--accent-text)"
          fw={550}
          aria-label={`${kindLabels[kind]}, operation ${id}`}
        >
          {kindLabels[kind]}
        </PageLink>
        <div>
          <Time at={createdAt} />
        </div>
      </div>
    ),
    width: '10rem',
  },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} />, width: '8rem' },
  {
    title: 'Subject',
    cell: (operation) => (
      <div>
        <OperationSubject operation={operation} />
      </div>
    ),
  },
  { title: 'Progress', cell: (operation) => <OperationProgress operation={operation} />, width: '16rem' },
  {
    title: 'Requested by',
    cell: ({ createdBy }) => <Clamped text={createdBy} />,
    width: '9rem',
    isSecondary: true,
  },
  {
    title: 'Action',
    cell: (operation) => (
      <div>
        <OperationCancel operation={operation} size="compact-xs" />
      </div>
    ),
    width: '8rem',
    isSecondary: true,
  },
];

const kindChoices = [
  { value: '', label: 'Any' },
  ...operationKinds.map((value) => ({ value, label: kindLabels[value] })),
];
const statusChoices = [
  { value: '', label: 'Any' },
  ...operationStatuses.map((value) => ({ value, label: statusWords(value) })),
];

/** Actions on many events or keys, with their progress. */
export function OperationsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(operationListQuery(filters));
  const isNarrowed = filters.kind !== undefined || filters.status !== undefined;
  const change = (changed: OperationFilters): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changed }) });
  const reset = (): void => void navigate({ search: {} });
  return (
    <>
      <PageHeader title="Operations" description="Actions on many events or keys, with progress. Newest first." />
      <FilterFields label="Operations" onReset={isNarrowed ? reset : undefined}>
        <NativeSelect
          label="Kind"
          data={kindChoices}
          value={filters.kind ?? ''}
          onChange={({ currentTarget }) => change({ kind: oneOfIn(operationKinds, currentTarget.value) })}
        />
        <NativeSelect
          label="Status"
          data={statusChoices}
          value={filters.status ?? ''}
          onChange={({ currentTarget }) => change({ status: oneOfIn(operationStatuses, currentTarget.value) })}
        />
      </FilterFields>
      {error && <ProblemAlert title="Failed to load the operations" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label="Operations"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={
            isNarrowed ? <NothingFound title="No operations match your filters" onReset={reset} /> : <NoOperations />
          }
        />
      )}
      {data && !error && (
        <CursorPager cursor={filters.cursor} nextCursor={data.nextCursor} onMove={(cursor) => change({ cursor })} />
      )}
    </>
  );
}

function NoOperations() {
  return (
    <Empty
      title="No operations yet"
      action={
        <PageButton to="/failures" variant="default" size="xs" mt="xs">
          Show failures
        </PageButton>
      }
    >
      Each resume of failures, retry or skip of waiting keys, and replay appears here with its progress. To start one,
      select failures and press Resume.
    </Empty>
  );
}
