import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { HandlerOutcomesView } from '#contracts/rest-api';
import { polling } from '../../api/query-client.ts';
import { handlersKey } from './handler-list.ts';

/** The registry caches its answer for some seconds. */
const everyMs = 15_000;

/** One function for all renders: a new one each time would run the query without end. */
function byHandler(items: readonly HandlerOutcomesView[]): ReadonlyMap<string, HandlerOutcomesView> {
  return new Map(items.map((outcomes) => [outcomes.handlerId, outcomes]));
}

/** As many ids as fit into an address that every proxy lets through. */
const idsAtOnce = 100;

async function outcomesOf(ids: readonly string[], signal: AbortSignal): Promise<HandlerOutcomesView[]> {
  const parts = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, part) =>
    ids.slice(part * idsAtOnce, (part + 1) * idsAtOnce),
  );
  const answers = await Promise.all(
    parts.map((part) =>
      answerOf(api.GET('/api/v1/handlers/outcomes', { params: { query: { ids: part.join() } }, signal })),
    ),
  );
  return answers.flatMap(({ items }) => items);
}

/** The results of handlers in the last day; they refresh. */
export function outcomesQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: [...handlersKey, 'outcomes', ids],
    queryFn: ({ signal }) => outcomesOf(ids, signal),
    enabled: ids.length > 0,
    // The figures of the others stay when a handler is added.
    placeholderData: keepPreviousData,
    select: byHandler,
    ...polling(true, everyMs),
  });
}
