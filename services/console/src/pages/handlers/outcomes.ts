import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { HandlerOutcomesView } from '#contracts/rest-api';
import { polling } from '../../api/query-client.ts';
import { handlersKey } from './handler-list.ts';

/** The registry counts anew every few seconds, for all who ask. */
const everyMs = 15_000;

/** The same function each time: what is made anew with every look would be looked at without end. */
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

/** How handlers fared in the last day; it changes by itself, and is asked for again as long as it is looked at. */
export function outcomesQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: [...handlersKey, 'outcomes', ids],
    queryFn: ({ signal }) => outcomesOf(ids, signal),
    enabled: ids.length > 0,
    // One handler more, and those of the others are still to be seen.
    placeholderData: keepPreviousData,
    select: byHandler,
    ...polling(true, everyMs),
  });
}
