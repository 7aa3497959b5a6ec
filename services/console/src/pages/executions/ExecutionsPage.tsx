import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CursorPager } from '../../components/CursorPager.tsx';
import { Empty } from '../../components/Empty.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { LiveSwitch } from '../../components/LiveSwitch.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { isNarrowed, type ExecutionFilters } from './execution-filters.ts';
import { executionListQuery } from './execution-list.ts';
import { ExecutionFilterFields } from './ExecutionFilterFields.tsx';
import { ExecutionTable } from './ExecutionTable.tsx';

const route = getRouteApi('/executions');

/** What handlers have done, the newest first. */
export function ExecutionsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(executionListQuery(filters));
  const change = (changed: ExecutionFilters): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changed }) });
  const reset = (): void => void navigate({ search: { live: filters.live } });
  return (
    <>
      <PageHeader
        title="Execution log"
        description="What handlers have done: one handler for one event in each row."
        actions={
          <LiveSwitch
            isLive={filters.live === 'on'}
            onChange={(isLive) => change({ live: isLive ? 'on' : undefined })}
          />
        }
      />
      <ExecutionFilterFields filters={filters} onChange={change} onReset={reset} />
      {error && <ProblemAlert title="The log could not be read" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <ExecutionTable
          executions={data?.items}
          isStale={isPlaceholderData}
          empty={
            isNarrowed(filters) ? <NothingFound title="No execution is like that" onReset={reset} /> : <NothingYet />
          }
        />
      )}
      {data && !error && (
        <CursorPager
          cursor={filters.cursor}
          nextCursor={data.nextCursor}
          // Whoever looks back wants it to stand still.
          onMove={(cursor) => change({ cursor, ...(cursor !== undefined && { live: undefined }) })}
        />
      )}
    </>
  );
}

function NothingYet() {
  return (
    <Empty title="Nothing has run yet">As soon as an event comes that an enabled handler is for, it shows here.</Empty>
  );
}
