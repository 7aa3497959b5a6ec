import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { TargetFilters } from './target-filters.ts';

/** The root of all query keys of targets: all are read again when a target has changed. */
export const targetsKey = ['targets'] as const;

const pageLimit = 50;

/** One page of the list; the page before stays on the screen until it is there. */
export function targetListQuery({ q, sort = 'name', page = 1 }: TargetFilters) {
  const query = { q, sort, page, limit: pageLimit };
  return queryOptions({
    queryKey: [...targetsKey, 'list', query],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/targets', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Under which one target is kept. */
export function targetKey(id: string) {
  return [...targetsKey, 'one', id] as const;
}

/** One target, as it is now. */
export function targetQuery(id: string) {
  return queryOptions({
    queryKey: targetKey(id),
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/targets/{id}', { params: { path: { id } }, signal })),
  });
}
