import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CursorPager } from '../../components/CursorPager.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageButton } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { LiveSwitch } from '../../components/LiveSwitch.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { isAnyTime } from '../../components/period.ts';
import { SearchBox } from '../../components/SearchBox.tsx';
import { searchNote } from '../../components/searched.ts';
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
        description="Each row is one handler run for one event."
        actions={
          <>
            <LiveSwitch
              isLive={filters.live === 'on'}
              onChange={(isLive) => change({ live: isLive ? 'on' : undefined })}
            />
            <SearchBox what="executions" q={filters.q} onSearch={({ q }) => change({ q })} />
          </>
        }
      />
      <ExecutionFilterFields filters={filters} onChange={change} onReset={reset} />
      {error && <ProblemAlert title="Failed to load the log" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <ExecutionTable
          executions={data?.items}
          isStale={isPlaceholderData}
          empty={
            isNarrowed(filters) ? (
              <NothingFound title="No executions match your filters" onReset={reset}>
                {searchNote(filters, isAnyTime(filters))}
              </NothingFound>
            ) : (
              <NothingYet />
            )
          }
        />
      )}
      {data && !error && (
        <CursorPager
          cursor={filters.cursor}
          nextCursor={data.nextCursor}
          // Older pages do not refresh.
          onMove={(cursor) => change({ cursor, ...(cursor !== undefined && { live: undefined }) })}
        />
      )}
    </>
  );
}

function NothingYet() {
  return (
    <Empty
      title="No executions yet"
      action={
        <PageButton to="/publish" variant="default" size="xs" mt="xs">
          Publish a sample event
        </PageButton>
      }
    >
      Each run of a handler appears here, with the answer of its target.
    </Empty>
  );
}
