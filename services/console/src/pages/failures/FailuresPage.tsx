import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { FailureView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageButton } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { SearchBox } from '../../components/SearchBox.tsx';
import { useSelection } from '../../components/selection.ts';
import { useRefusal } from '../../session/role.ts';
import { isNarrowed, type FailureFilters } from './failure-filters.ts';
import { failureListQuery } from './failure-list.ts';
import { FailureActions } from './FailureActions.tsx';
import { FailureFilterFields } from './FailureFilterFields.tsx';
import { FailureGroups } from './FailureGroups.tsx';
import { FailureTable } from './FailureTable.tsx';

const route = getRouteApi('/failures');

const keyOf = ({ executionId }: FailureView): string => executionId;

/** Executions that failed: groups, then the list, with actions on both. */
export function FailuresPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(failureListQuery(filters));
  const selection = useSelection(JSON.stringify(filters), keyOf);
  const mayAct = useRefusal('operator') === undefined;
  const change = (changed: FailureFilters): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changed }) });
  const reset = (): void => void navigate({ search: { state: filters.state } });
  return (
    <>
      <PageHeader
        title="Failures"
        description="Executions that failed and are not retried. A failure is open until it succeeds or a person settles it."
        actions={<SearchBox what="failures" q={filters.q} onSearch={({ q }) => change({ q })} />}
      />
      <Stack gap="lg">
        <FailureFilterFields filters={filters} onChange={change} onReset={reset} />
        {filters.state === undefined && <FailureGroups filters={filters} />}
        <section>
          <Title order={2} mb="xs">
            {filters.state === 'settled' ? 'Settled failures' : 'Open failures'}
          </Title>
          <FailureActions filters={filters} failures={data?.items ?? []} selection={selection} />
          {error && <ProblemAlert title="Failed to load the failures" problem={error} onRetry={() => void refetch()} />}
          {!error && (
            <FailureTable
              failures={data?.items}
              selection={mayAct ? selection : undefined}
              isStale={isPlaceholderData}
              empty={
                isNarrowed(filters) ? (
                  <NothingFound title="No failures match your filters" onReset={reset} />
                ) : (
                  <NoFailures state={filters.state} />
                )
              }
            />
          )}
          {data && !error && (
            <CursorPager cursor={filters.cursor} nextCursor={data.nextCursor} onMove={(cursor) => change({ cursor })} />
          )}
        </section>
      </Stack>
    </>
  );
}

function NoFailures({ state }: Pick<FailureFilters, 'state'>) {
  if (state === 'settled') {
    return <Empty title="No settled failures">Failures that succeed later, or that you settle, appear here.</Empty>;
  }
  return (
    <Empty
      title="No open failures"
      action={
        <PageButton to="/waiting" variant="default" size="xs" mt="xs">
          Show waiting keys
        </PageButton>
      }
    >
      An execution appears here when its attempts are used up, or when a retry cannot help. Executions that are still
      retried are on the page Waiting.
    </Empty>
  );
}
