import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { EventInput } from '#contracts/rest-api';
import { ApiProblem } from '../../api/problem.ts';
import type { EventDraft } from '../../components/EventForm.tsx';
import { eventsKey } from '../events/event-list.ts';

/** Publishes an event, as billing would; answers with its id when RabbitMQ has confirmed it. */
export function usePublish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, partitionKey }: EventDraft) =>
      answerOf(
        api.POST('/api/v1/events', {
          params: { header: partitionKey === '' ? {} : { 'partition-key': partitionKey } },
          body: text as unknown as EventInput,
          bodySerializer: String,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: eventsKey }),
  });
}

const everyMs = 700;

/** A published event: null until an executor has recorded it, and read again until it has ended. */
export function publishedEventQuery(id: string) {
  return queryOptions({
    queryKey: [...eventsKey, 'published', id],
    queryFn: async ({ signal }) => {
      try {
        return await answerOf(api.GET('/api/v1/events/{id}', { params: { path: { id } }, signal }));
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && data.status !== 'waiting' ? false : everyMs),
  });
}
