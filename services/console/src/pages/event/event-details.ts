import { queryOptions } from '@tanstack/react-query';
import { memberTexts } from '#contracts';
import { answerOf, api } from '../../api/client.ts';
import type { EventDetailsView } from '#contracts/rest-api';
import { eventsKey } from '../events/event-list.ts';

const everyMs = 2_000;

/** Everything that the journal has of one event; polled while an execution waits. */
export function eventDetailsQuery(id: string) {
  return queryOptions({
    queryKey: [...eventsKey, 'one', id],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v1/events/{id}', { params: { path: { id } }, parseAs: 'text', signal });
      return shownEvent(await answerOf<string>(call));
    },
    // A replay adds to what has long ended.
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? everyMs : false),
  });
}

/** An event, with what billing wrote in it as it is written. */
export interface ShownEvent extends EventDetailsView {
  /** JSON texts. What a browser makes of them has lost digits of numbers beyond 2^53. */
  readonly written: Readonly<Record<'data' | 'previous' | 'body', string>>;
}

function shownEvent(answer: string): ShownEvent {
  const members = memberTexts(answer);
  const written = (name: string): string => members.get(name) ?? 'null';
  return {
    ...(JSON.parse(answer) as EventDetailsView),
    written: { data: written('data'), previous: written('previous'), body: written('body') },
  };
}

function isUnderWay({ status, executions }: EventDetailsView): boolean {
  return status === 'waiting' || executions.some((execution) => execution.status === 'waiting');
}
