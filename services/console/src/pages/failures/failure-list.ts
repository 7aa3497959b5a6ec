import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { operations } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { polling } from '../../api/query-client.ts';
import { boundsOf } from '../../components/period.ts';
import type { FailureFilters } from './failure-filters.ts';

type FailureQuery = NonNullable<operations['listFailures']['parameters']['query']>;
type GroupQuery = NonNullable<operations['listFailureGroups']['parameters']['query']>;

/** The root of all query keys of failures. */
export const failuresKey = ['failures'] as const;

const pageLimit = 50;

/** One page of failures, newest first; it refreshes. */
export function failureListQuery({ period, from, to, cursor, ...filters }: FailureFilters) {
  return queryOptions({
    queryKey: [...failuresKey, 'list', { ...filters, period, from, to, cursor }],
    queryFn: ({ signal }) => {
      // A period ends at the time of the request.
      const query = { ...filters, cursor, limit: pageLimit, ...boundsOf({ period, from, to }) } as FailureQuery;
      return answerOf(api.GET('/api/v1/failures', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    ...polling(cursor === undefined, 5_000),
  });
}

/** Failures by handler and reason, the largest group first; they refresh. */
export function failureGroupsQuery({ period, from, to, cursor: _, ...filters }: FailureFilters) {
  return queryOptions({
    queryKey: [...failuresKey, 'groups', { ...filters, period, from, to }],
    queryFn: ({ signal }) => {
      const query = { ...filters, ...boundsOf({ period, from, to }) } as GroupQuery;
      return answerOf(api.GET('/api/v1/failures/groups', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    ...polling(true, 10_000),
  });
}

/** The number of open failures, of a handler or of all. */
export function openFailuresQuery(handlerId?: string) {
  return queryOptions({
    ...failureGroupsQuery({ handlerId }),
    select: sumOfOpen,
    // It is on every page: a failed request is no reason to disturb.
    retry: false,
  });
}

/** The number of failures that match. */
export function matchingFailuresQuery(filters: FailureFilters) {
  return queryOptions({ ...failureGroupsQuery(filters), select: sumOfOpen });
}

function sumOfOpen({ items }: { items: readonly { open: number }[] }): number {
  return items.reduce((sum, { open }) => sum + open, 0);
}
