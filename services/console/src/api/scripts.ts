import { queryOptions } from '@tanstack/react-query';
import type { ScriptAvailability } from '#contracts';
import { answerOf, api } from './client.ts';
import type { ScriptList } from '#contracts/rest-api';
import { polling } from './query-client.ts';

/** Executors look at their folders as often. */
const everyMs = 10_000;

/** The scripts that the running executors have. A script that is copied there meanwhile is found. */
export const scriptsQuery = queryOptions({
  queryKey: ['scripts'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/scripts', { signal })),
  select: availabilityOf,
  ...polling(true, everyMs),
});

function availabilityOf({ items, executors }: ScriptList): ScriptAvailability {
  return { executors, scripts: new Map(items.map((script) => [script.path, script])) };
}
