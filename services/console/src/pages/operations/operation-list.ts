import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { OperationView } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import type { OperationFilters } from './operation-filters.ts';
import { isRunning } from './operation-words.ts';

/** The root of all query keys of operations. */
export const operationsKey = ['operations'] as const;

const everyMs = 1_500;
/** While none is running: another user may start one. */
const idleMs = 10_000;

/** One page of operations, newest first; it refreshes. */
export function operationListQuery({ kind, status, cursor }: OperationFilters) {
  const query = { kind, status, cursor };
  return queryOptions({
    queryKey: [...operationsKey, 'list', query],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operations', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isRunning) ? everyMs : idleMs),
    refetchIntervalInBackground: false,
  });
}

/** An operation, polled until it has ended. */
export function operationQuery(id: string) {
  return queryOptions({
    queryKey: [...operationsKey, 'one', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operations/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? everyMs : false),
    refetchIntervalInBackground: false,
  });
}

/** Cancels what an operation has not begun. */
export function useOperationCancel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: OperationView) =>
      answerOf(api.DELETE('/api/v1/operations/{id}', { params: { path: { id } } })),
    onSuccess: (operation) => {
      client.setQueryData(operationQuery(operation.id).queryKey, operation);
      const isCancelled = operation.status === 'cancelled';
      notifyDone(isCancelled ? 'The operation is cancelled.' : 'The operation had already ended.');
    },
    onError: (problem) => notifyFailed('Failed to cancel the operation', problem),
    onSettled: () => client.invalidateQueries({ queryKey: operationsKey }),
  });
}
