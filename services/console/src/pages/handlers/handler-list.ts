import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { operations } from '#contracts/rest-api';
import { areAnOrder, sortOf, type HandlerFilters } from './handler-filters.ts';

type HandlerQuery = NonNullable<operations['listHandlers']['parameters']['query']>;

/** The root of all query keys of handlers: all are read again when a handler has changed. */
export const handlersKey = ['handlers'] as const;

const pageLimit = 50;

/** An order is shown as a whole, so that any of it can go anywhere; the API gives no more at once. */
const orderLimit = 500;

/** One page of the list; the page before stays on the screen until it is there. */
export function handlerListQuery(all: HandlerFilters) {
  const { event, type, status, q, page = 1 } = all;
  const sort = sortOf(all);
  const limit = areAnOrder(all) ? orderLimit : pageLimit;
  // Which event types there are is for the API to say: the address may be older than they are.
  const query: HandlerQuery = { type, status, q, event: event as HandlerQuery['event'], page, limit };
  return queryOptions({
    queryKey: [...handlersKey, 'list', { ...query, sort }],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/handlers', { params: { query: { ...query, sort: orderOf(sort) } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Under which one handler is kept. */
export function handlerKey(id: string) {
  return [...handlersKey, 'one', id] as const;
}

/** One handler, as it is now. */
export function handlerQuery(id: string) {
  return queryOptions({
    queryKey: handlerKey(id),
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers/{id}', { params: { path: { id } }, signal })),
  });
}

/** What is equal in one is sorted by another. */
function orderOf(sort: NonNullable<HandlerFilters['sort']>): string {
  if (sort === 'event') return 'event,priority,name';
  return sort.endsWith('priority') ? `${sort},name` : `${sort},priority`;
}
