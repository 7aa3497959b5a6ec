import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { EventDetailsView } from '../../api/generated/schema.d.ts';
import { eventsKey } from '../events/event-list.ts';

const everyMs = 2_000;

/** Everything that the journal knows of one event; followed as long as something of it waits. */
export function eventDetailsQuery(id: string) {
  return queryOptions({
    queryKey: [...eventsKey, 'one', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/events/{id}', { params: { path: { id } }, signal })),
    // A replay adds to what has long ended.
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? everyMs : false),
  });
}

function isUnderWay({ status, executions }: EventDetailsView): boolean {
  return status === 'waiting' || executions.some((execution) => execution.status === 'waiting');
}
