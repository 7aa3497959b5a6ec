import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { EventTypeView } from './generated/schema.d.ts';

/** The event types; they change only when the registry is started anew. */
export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/event-types', { signal })),
  staleTime: Infinity,
});

/** As a select of Mantine has it, which takes no readonly list. */
export interface EventTypeChoices {
  group: string;
  items: { value: string; label: string }[];
}

/** The event types to choose from, under their headings, in the order of the registry; empty until they are there. */
export function useEventTypeChoices(): readonly EventTypeChoices[] {
  const { data } = useQuery({ ...eventTypesQuery, select: choicesOf });
  return data ?? [];
}

function choicesOf({ items: types }: { items: readonly EventTypeView[] }): EventTypeChoices[] {
  return [...Map.groupBy(types, ({ group }) => group)].map(([group, members]) => ({
    group,
    items: members.map(({ id, label }) => ({ value: id, label: `${group}: ${label}` })),
  }));
}
