import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { operations } from '#contracts/rest-api';

type HandlerQuery = NonNullable<operations['listHandlers']['parameters']['query']>;

/** The API gives no more at once. */
const mostNames = 500;

/** Names change seldom, and nothing depends on them. */
const staleTime = 60_000;

/** Handlers by name, archived ones aside; of an event type, or of all. */
export function handlerNamesQuery(event: string | undefined) {
  // Which event types there are is for the API to say.
  const query = { event: event as HandlerQuery['event'], sort: 'name', limit: mostNames };
  return queryOptions({
    queryKey: ['handlers', 'names', event],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers', { params: { query }, signal })),
    staleTime,
  });
}

/** One handler, for its name. */
export function handlerNameQuery(id: string) {
  return queryOptions({
    queryKey: ['handlers', 'name', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers/{id}', { params: { path: { id } }, signal })),
    staleTime,
  });
}
