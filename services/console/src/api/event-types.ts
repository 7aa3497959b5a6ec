import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { EventTypeView } from './generated/schema.d.ts';

/** The event types; they change only when the registry is started anew. */
export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/event-types', { signal })),
  staleTime: Infinity,
});

export interface EventTypeGroup {
  readonly group: string;
  readonly types: readonly EventTypeView[];
}

/** The event types under their headings, in the order of the registry; empty until they are there. */
export function useEventTypeGroups(): readonly EventTypeGroup[] {
  const { data } = useQuery({ ...eventTypesQuery, select: ({ items }) => grouped(items) });
  return data ?? [];
}

function grouped(types: readonly EventTypeView[]): EventTypeGroup[] {
  return [...Map.groupBy(types, ({ group }) => group)].map(([group, members]) => ({ group, types: members }));
}
