import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { polling } from '../../api/query-client.ts';
import type { WindowName } from './windows.ts';

/** The registry caches its answer for five seconds. */
const everyMs = 10_000;

/** The overview; it refreshes. */
export function overviewQuery(window: WindowName) {
  return queryOptions({
    queryKey: ['overview', window],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/overview', { params: { query: { window } }, signal })),
    placeholderData: keepPreviousData,
    ...polling(true, everyMs),
  });
}
