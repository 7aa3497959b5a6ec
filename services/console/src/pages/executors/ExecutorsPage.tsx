import { useQuery } from '@tanstack/react-query';
import { ActionButton } from '../../components/ActionButton.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { executorsQuery, useReload } from './executors.ts';
import { ExecutorTable } from './ExecutorTable.tsx';
import { RevisionState } from './RevisionState.tsx';

/** What runs the handlers; what was the cache manager elsewhere. */
export function ExecutorsPage() {
  const reload = useReload();
  const { data, error, refetch, dataUpdatedAt } = useQuery(executorsQuery);
  return (
    <>
      <PageHeader
        title="Executors"
        description="They run the handlers. A change of a handler is in force as soon as they have loaded its revision, by themselves; to reload asks them once more."
        actions={
          <ActionButton needs="operator" onClick={() => reload.mutate()} loading={reload.isPending}>
            Reload
          </ActionButton>
        }
      />
      {error && <ProblemAlert title="The executors could not be read" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <>
          {data && <RevisionState catalog={data.catalog} askedAt={reload.data?.askedAt} />}
          <ExecutorTable executors={data?.items} readAt={dataUpdatedAt} />
        </>
      )}
    </>
  );
}
