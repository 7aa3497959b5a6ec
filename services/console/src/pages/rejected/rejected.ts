import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { boundsOf } from '../../components/period.ts';
import type { RejectedFilters } from './rejected-filters.ts';

/** Each comes with up to 64 KiB of its body. */
const pageLimit = 20;

export function rejectedQuery({ period, from, to, ...filters }: RejectedFilters) {
  const asked = { ...filters, limit: pageLimit };
  return queryOptions({
    queryKey: ['rejected', 'list', { ...asked, period, from, to }],
    queryFn: ({ signal }) => {
      const query = { ...asked, ...boundsOf({ period, from, to }) };
      return answerOf(api.GET('/api/v1/rejected', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

export function rejectedMessageQuery(id: string) {
  return queryOptions({
    queryKey: ['rejected', 'one', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/rejected/{id}', { params: { path: { id } }, signal })),
  });
}

/** Where the whole body of one can be had, as a file. */
export function bodyAddress(id: string): string {
  return `/api/v1/rejected/${encodeURIComponent(id)}/body`;
}
