import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { ReplayView } from '#contracts/rest-api';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import type { ReplayFilter } from './replay-target.ts';

/** Everything that is read of replays lies under it. */
export const replaysKey = ['replays'] as const;

const everyMs = 1_500;

/** One page of the replays, the newest first; refreshed while one of them is running. */
export function replayListQuery(cursor: string | undefined) {
  return queryOptions({
    queryKey: [...replaysKey, 'list', cursor],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/replays', { params: { query: { cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) ? everyMs : false),
  });
}

/** A replay, followed until it is finished. */
export function replayQuery(id: string) {
  return queryOptions({
    queryKey: [...replaysKey, 'one', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/replays/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? everyMs : false),
  });
}

/** The newest events that a replay has sent; read again with each step of the replay. */
export function sentEventsQuery({ id, succeeded, failed, waiting }: ReplayView) {
  const query = { replayId: id, limit: 50 };
  return queryOptions({
    queryKey: [...replaysKey, 'events', id, { succeeded, failed, waiting }],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/events', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** How many events a filter finds that can be handled once more. */
export function replayPreviewQuery(filter: ReplayFilter) {
  return queryOptions({
    queryKey: [...replaysKey, 'preview', filter],
    queryFn: ({ signal }) => answerOf(api.POST('/api/v1/replays/preview', { body: { filter }, signal })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Whether something of it may still change: also of a cancelled one, while the events that it has sent run. */
export function isUnderWay({ status, published, succeeded, failed }: ReplayView): boolean {
  if (status === 'cancelled') return published > succeeded + failed;
  return status !== 'finished';
}

/** Asks for the events of a filter; for all enabled handlers when none are named. */
export function replayFilter(filter: ReplayFilter, handlerIds: string[] | undefined): Promise<ReplayView> {
  return answerOf(api.POST('/api/v1/replays', { body: { filter, ...(handlerIds && { handlerIds }) } }));
}

/** Asks for one event. */
export function replayEvent(id: string, handlerIds: string[] | undefined): Promise<ReplayView> {
  const body = { ...(handlerIds && { handlerIds }) };
  return answerOf(api.POST('/api/v1/events/{id}/replay', { params: { path: { id } }, body }));
}

/** Lets nothing more of a replay be sent. */
export function useReplayCancel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ReplayView) => answerOf(api.DELETE('/api/v1/replays/{id}', { params: { path: { id } } })),
    onSuccess: (replay) => {
      client.setQueryData(replayQuery(replay.id).queryKey, replay);
      notifyDone(replay.status === 'cancelled' ? 'The replay is cancelled.' : 'The replay had already finished.');
    },
    onError: (problem) => notifyFailed('Failed to cancel the replay', problem),
    onSettled: () => client.invalidateQueries({ queryKey: replaysKey }),
  });
}
