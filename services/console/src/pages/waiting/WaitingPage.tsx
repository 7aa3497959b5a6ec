import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { oneOfIn } from '../../app/search.ts';
import { CursorPager } from '../../components/CursorPager.tsx';
import { Empty } from '../../components/Empty.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { HandlerSelect } from '../../components/HandlerSelect.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { deferralReasons } from '../../components/reasons.ts';
import { reasons, type WaitingFilters } from './waiting-filters.ts';
import { waitingListQuery } from './waiting-list.ts';
import { WaitingTable } from './WaitingTable.tsx';

const route = getRouteApi('/waiting');

const reasonChoices = [
  { value: '', label: 'Any' },
  ...reasons.map((value) => ({ value, label: deferralReasons[value].label })),
];

/** The slow lane: keys whose next event waits. */
export function WaitingPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(waitingListQuery(filters));
  const { handlerId, reason, cursor } = filters;
  const isNarrowed = handlerId !== undefined || reason !== undefined;
  const change = (changed: WaitingFilters): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changed }) });
  const reset = (): void => void navigate({ search: {} });
  return (
    <>
      <PageHeader
        title="Waiting"
        description="Keys whose next event waits, oldest first. Later events of a key wait behind it, so events of a key stay in order."
      />
      <FilterFields label="Waiting keys" onReset={isNarrowed ? reset : undefined}>
        <NativeSelect
          label="Reason"
          data={reasonChoices}
          value={reason ?? ''}
          onChange={({ currentTarget }) => change({ reason: oneOfIn(reasons, currentTarget.value) })}
        />
        <HandlerSelect value={handlerId} onChange={(id) => change({ handlerId: id })} />
      </FilterFields>
      {error && <ProblemAlert title="Failed to load the waiting keys" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <WaitingTable
          deferrals={data?.items}
          isStale={isPlaceholderData}
          empty={
            isNarrowed ? <NothingFound title="No waiting keys match your filters" onReset={reset} /> : <NothingWaits />
          }
        />
      )}
      {data && !error && (
        <CursorPager
          order="oldest first"
          cursor={cursor}
          nextCursor={data.nextCursor}
          onMove={(wanted) => change({ cursor: wanted })}
        />
      )}
    </>
  );
}

function NothingWaits() {
  return <Empty title="Nothing waits">Events that wait for a retry, a limit or an earlier event appear here.</Empty>;
}
