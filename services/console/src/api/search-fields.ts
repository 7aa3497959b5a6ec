import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CatalogView } from '#contracts/rest-api';
import { answerOf, api } from './client.ts';

/** The indexed fields; they change only when the registry restarts. */
const searchFieldsQuery = queryOptions({
  queryKey: ['catalog', 'search-fields'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/catalog', { signal })),
  staleTime: Infinity,
});

const none: readonly string[] = [];

/** Fields of events whose values can be looked up; none until they are there. */
export function useSearchFields(): readonly string[] {
  const { data } = useQuery({ ...searchFieldsQuery, select: fieldsOf });
  return data ?? none;
}

function fieldsOf({ searchFields }: CatalogView): readonly string[] {
  return searchFields;
}
