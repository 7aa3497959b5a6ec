import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';

/** The API gives no more at once. */
const mostNames = 500;

/** Names change seldom, and nothing depends on them. */
const staleTime = 60_000;

/** The targets, by name. */
export const targetNamesQuery = queryOptions({
  queryKey: ['targets', 'names'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/targets', { params: { query: { limit: mostNames } }, signal })),
  staleTime,
});

/** One target, for its name. */
export function targetNameQuery(id: string) {
  return queryOptions({
    queryKey: ['targets', 'name', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/targets/{id}', { params: { path: { id } }, signal })),
    staleTime,
  });
}

/** The name of a target; the end of its id until it is known. Undefined where a task has none. */
export function useTargetName(id: string | undefined): string | undefined {
  const { data } = useQuery({ ...targetNamesQuery, enabled: id !== undefined });
  if (id === undefined) return undefined;
  return data?.items.find((target) => target.id === id)?.name ?? `…${id.slice(-8)}`;
}
