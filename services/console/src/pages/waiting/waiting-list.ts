import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { DeferralView } from '#contracts/rest-api';
import { polling } from '../../api/query-client.ts';
import { tellRetry } from './tell-retry.ts';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import { eventsKey } from '../events/event-list.ts';
import type { WaitingFilters } from './waiting-filters.ts';

/** The root of all query keys of the slow lane. */
export const waitingKey = ['waiting'] as const;

/** One page of the waiting keys, oldest first; it refreshes. */
export function waitingListQuery(filters: WaitingFilters) {
  return queryOptions({
    queryKey: [...waitingKey, 'list', filters],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/deferrals', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    ...polling(true),
  });
}

/** How many executions wait for a handler. */
export function waitingForHandlerQuery(handlerId: string) {
  return queryOptions({
    queryKey: [...waitingKey, 'count', handlerId],
    queryFn: ({ signal }) =>
      answerOf(api.POST('/api/v1/deferrals/preview', { body: { filter: { handlerId } }, signal })),
    staleTime: 0,
  });
}

/** What an operator can do about a waiting key. */
export type KeyAction = 'retry' | 'skip';

/** Retries a waiting key at once, or skips its execution. The result of a retry is shown when it has ended. */
export function useKeyAction(action: KeyAction) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key }: DeferralView) => {
      const params = { path: { key } };
      return answerOf(
        action === 'retry'
          ? api.POST('/api/v1/deferrals/{key}/retry', { params })
          : api.POST('/api/v1/deferrals/{key}/skip', { params }),
      );
    },
    onSuccess: (_, deferral) => {
      if (action === 'retry') void tellRetry(client, deferral);
      else notifyDone(`${deferral.handlerName ?? 'The handler'} is skipped for the key ${deferral.key}.`);
    },
    onError: (problem, { key }) => notifyFailed(`Failed to ${action} the key ${key}`, problem),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: waitingKey }),
        client.invalidateQueries({ queryKey: eventsKey }),
      ]),
  });
}
