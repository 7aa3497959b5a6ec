import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { polling } from '../../api/query-client.ts';
import type { WindowName } from './windows.ts';

/** The registry gives the same answer to all who ask within five seconds; to ask more often would show nothing new. */
const everyMs = 10_000;

/** How things stand; it is asked anew by itself. */
export function overviewQuery(window: WindowName) {
  return queryOptions({
    queryKey: ['overview', window],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/overview', { params: { query: { window } }, signal })),
    placeholderData: keepPreviousData,
    ...polling(true, everyMs),
  });
}
