import { useQuery } from '@tanstack/react-query';
import { ActionButton } from '../../components/ActionButton.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { executorsQuery, useReload } from './executors.ts';
import { ExecutorTable } from './ExecutorTable.tsx';
import { RevisionState } from './RevisionState.tsx';

/** The running executors. */
export function ExecutorsPage() {
  const reload = useReload();
  const { data, error, refetch, dataUpdatedAt } = useQuery(executorsQuery);
  return (
    <>
      <PageHeader
        title="Executors"
        description="The processes that run the handlers. They load each change automatically; Reload makes them load all handlers again."
        actions={
          <ActionButton needs="operator" onClick={() => reload.mutate()} loading={reload.isPending}>
            Reload
          </ActionButton>
        }
      />
      {error && <ProblemAlert title="Failed to load the executors" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <>
          {data && <RevisionState catalog={data.catalog} askedAt={reload.data?.askedAt} />}
          <ExecutorTable executors={data?.items} readAt={dataUpdatedAt} />
        </>
      )}
    </>
  );
}
