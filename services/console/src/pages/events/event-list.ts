import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { operations } from '#contracts/rest-api';
import { polling } from '../../api/query-client.ts';
import { boundsOf } from '../../components/period.ts';
import type { EventFilters } from './event-filters.ts';

type EventQuery = NonNullable<operations['listEvents']['parameters']['query']>;

/** Everything that is read of events lies under it. */
export const eventsKey = ['events'] as const;

const pageLimit = 50;

/** One page of the journal, the newest first; the page before stays on the screen until it is there. */
export function eventListQuery({ live, cursor, type, period, from, to, ...filters }: EventFilters) {
  const asked = { ...filters, type, cursor, limit: pageLimit };
  return queryOptions({
    queryKey: [...eventsKey, 'list', { ...asked, period, from, to }],
    queryFn: ({ signal }) => {
      // What ends now, ends then: each time that is asked.
      const query = { ...asked, ...boundsOf({ period, from, to }) } as unknown as EventQuery;
      return answerOf(api.GET('/api/v1/events', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    ...polling(live === 'on' && cursor === undefined, 2_000),
  });
}
