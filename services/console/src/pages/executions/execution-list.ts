import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { operations } from '#contracts/rest-api';
import { polling } from '../../api/query-client.ts';
import { boundsOf } from '../../components/period.ts';
import type { ExecutionFilters } from './execution-filters.ts';

type ExecutionQuery = NonNullable<operations['listExecutions']['parameters']['query']>;

/** Everything that is read of the execution log lies under it. */
export const executionsKey = ['executions'] as const;

const pageLimit = 50;

/** One page of the log, the newest first; the page before stays on the screen until it is there. */
export function executionListQuery({ live, cursor, period, from, to, ...filters }: ExecutionFilters) {
  const asked = { ...filters, cursor, limit: pageLimit };
  return queryOptions({
    queryKey: [...executionsKey, 'list', { ...asked, period, from, to }],
    queryFn: ({ signal }) => {
      // What ends now, ends then: each time that is asked.
      const query = { ...asked, ...boundsOf({ period, from, to }) } as ExecutionQuery;
      return answerOf(api.GET('/api/v1/executions', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    ...polling(live === 'on' && cursor === undefined, 2_000),
  });
}
