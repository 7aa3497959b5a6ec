import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { operationOptions, type OperationDraft } from '../../../components/operation-draft.ts';
import { useOperationStarted } from '../../operations/use-operation-started.ts';
import { waitingKey, type KeyAction } from '../waiting-list.ts';
import type { WaitingFilter } from './bulk-target.ts';

/** The number of waiting keys and events that match. */
export function bulkPreviewQuery(filter: WaitingFilter) {
  return queryOptions({
    queryKey: [...waitingKey, 'preview', filter],
    queryFn: ({ signal }) => answerOf(api.POST('/api/v1/deferrals/preview', { body: { filter }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Starts the operation that retries or skips waiting keys. */
export function useBulkAction(action: KeyAction, onDone: () => void) {
  const client = useQueryClient();
  const tellStarted = useOperationStarted();
  return useMutation({
    mutationFn: ({ filter, draft }: { filter: WaitingFilter; draft: OperationDraft }) => {
      const body = { filter, ...operationOptions(draft) };
      return answerOf(
        action === 'retry'
          ? api.POST('/api/v1/deferrals/retry', { body })
          : api.POST('/api/v1/deferrals/skip', { body }),
      );
    },
    onSuccess: (operation) => {
      tellStarted(operation);
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: waitingKey }),
  });
}
