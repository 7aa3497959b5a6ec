import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { DeferralView } from '#contracts/rest-api';
import { polling } from '../../api/query-client.ts';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import { eventsKey } from '../events/event-list.ts';
import type { WaitingFilters } from './waiting-filters.ts';

/** Everything that is read of the slow lane lies under it. */
const waitingKey = ['waiting'] as const;

/** One page of the keys that wait, the one that has waited longest first; it follows what happens. */
export function waitingListQuery(filters: WaitingFilters) {
  return queryOptions({
    queryKey: [...waitingKey, 'list', filters],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/deferrals', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    ...polling(true),
  });
}

/** What can be had done about a key that waits. */
export type KeyAction = 'retry' | 'skip';

const done: Readonly<Record<KeyAction, string>> = {
  retry: 'is tried now.',
  skip: 'no longer waits for that execution.',
};

/** Has a key tried now, or its execution given up. */
export function useKeyAction(action: KeyAction) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key }: Pick<DeferralView, 'key'>) => {
      const params = { path: { key } };
      return answerOf(
        action === 'retry'
          ? api.POST('/api/v1/deferrals/{key}/retry', { params })
          : api.POST('/api/v1/deferrals/{key}/skip', { params }),
      );
    },
    onSuccess: ({ key }) => notifyDone(`The key ${key} ${done[action]}`),
    onError: (problem, { key }) =>
      notifyFailed(`The key ${key} ${action === 'retry' ? 'was not tried' : 'still waits'}`, problem),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: waitingKey }),
        client.invalidateQueries({ queryKey: eventsKey }),
      ]),
  });
}
