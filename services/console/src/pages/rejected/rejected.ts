import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { RejectedFilters } from './rejected-filters.ts';

/** Each comes with up to 64 KiB of its body. */
const pageLimit = 20;

export function rejectedQuery(filters: RejectedFilters) {
  const query = { ...filters, limit: pageLimit };
  return queryOptions({
    queryKey: ['rejected', query],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/rejected', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Where the whole body of one can be had, as a file. */
export function bodyAddress(id: string): string {
  return `/api/v1/rejected/${encodeURIComponent(id)}/body`;
}
