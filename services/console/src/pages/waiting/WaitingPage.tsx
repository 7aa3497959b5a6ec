import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { DeferralView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageButton } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { HandlerSelect } from '../../components/HandlerSelect.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { TargetSelect } from '../../components/TargetSelect.tsx';
import { useSelection } from '../../components/selection.ts';
import { useRefusal } from '../../session/role.ts';
import { BulkActions } from './bulk/BulkActions.tsx';
import { ReasonSelect } from './ReasonSelect.tsx';
import type { WaitingFilters } from './waiting-filters.ts';
import { waitingListQuery } from './waiting-list.ts';
import { WaitingTable } from './WaitingTable.tsx';

const route = getRouteApi('/waiting');

const keyOf = ({ key }: DeferralView): string => key;

/** The slow lane: keys whose next event waits. */
export function WaitingPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(waitingListQuery(filters));
  const { handlerId, targetId, reason, cursor } = filters;
  const isNarrowed = [handlerId, targetId, reason].some((filter) => filter !== undefined);
  const selection = useSelection(JSON.stringify(filters), keyOf);
  const mayAct = useRefusal('operator') === undefined;
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
        <ReasonSelect value={reason} onChange={(changed) => change({ reason: changed })} />
        <HandlerSelect value={handlerId} onChange={(id) => change({ handlerId: id })} />
        <TargetSelect value={targetId} onChange={(id) => change({ targetId: id })} />
      </FilterFields>
      <BulkActions filters={filters} deferrals={data?.items ?? []} selection={selection} />
      {error && <ProblemAlert title="Failed to load the waiting keys" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <WaitingTable
          deferrals={data?.items}
          selection={mayAct ? selection : undefined}
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
  return (
    <Empty
      title="Nothing waits"
      action={
        <PageButton to="/failures" variant="default" size="xs" mt="xs">
          Show failures
        </PageButton>
      }
    >
      Events that wait for a retry, a limit, a hold or an earlier event appear here. Executions that are not retried any
      more are failures.
    </Empty>
  );
}
