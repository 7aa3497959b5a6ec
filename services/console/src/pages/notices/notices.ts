import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { noticeTypes } from '#contracts';
import type { CreateHandlerInput, HandlerView } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { polling } from '../../api/query-client.ts';
import { notifyDone } from '../../components/notify.tsx';
import { withWarningsShown } from '../handlers/changed-handler.ts';
import { handlersKey } from '../handlers/handler-list.ts';

/** Handlers of one event type that are shown as rules: far more than people make. */
const mostRules = 100;

/** The troubles that go on, and a page of notices. */
export function noticesQuery(cursor: string | undefined) {
  return queryOptions({
    queryKey: ['notices', { cursor }],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/notices', { params: { query: { cursor } }, signal })),
    placeholderData: keepPreviousData,
    ...polling(true, 5_000),
  });
}

/** The handlers that run for notices. */
export const rulesQuery = queryOptions({
  queryKey: [...handlersKey, 'notices'],
  queryFn: async ({ signal }): Promise<HandlerView[]> => {
    const pages = await Promise.all(
      noticeTypes.map((event) =>
        answerOf(api.GET('/api/v1/handlers', { params: { query: { event, limit: mostRules } }, signal })),
      ),
    );
    return pages.flatMap(({ items }) => items);
  },
});

/** Creates the handlers of a rule, one after another. */
export function useMakeRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (handlers: readonly CreateHandlerInput[]) => {
      const made: HandlerView[] = [];
      for (const body of handlers) made.push(withWarningsShown(await answerOf(api.POST('/api/v1/handlers', { body }))));
      return made;
    },
    onSuccess: (made) => notifyDone(`${made[0]?.name ?? 'The rule'} is created.`),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}
