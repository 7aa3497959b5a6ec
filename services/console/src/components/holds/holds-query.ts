import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { polling } from '../../api/query-client.ts';

/** What is held, and what comes; it refreshes. */
export const holdsQuery = queryOptions({
  queryKey: ['holds', 'list'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/holds', { signal })),
  ...polling(true),
});
