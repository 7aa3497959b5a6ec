import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from './client.ts';
import type { EventTypeView } from '#contracts/rest-api';

/** The event types; they change only when the registry restarts. */
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

/** What people call an event type, `Clients: create`; undefined for an unknown one, and until the types are there. */
export function useEventLabel(id: string): string | undefined {
  const { data } = useQuery({ ...eventTypesQuery, select: labelsOf });
  return data?.get(id);
}

function labelsOf({ items: types }: { items: readonly EventTypeView[] }): ReadonlyMap<string, string> {
  return new Map(types.map((type) => [type.id, labelOf(type)]));
}

function labelOf({ group, label }: EventTypeView): string {
  return `${group}: ${label}`;
}

function choicesOf({ items: types }: { items: readonly EventTypeView[] }): EventTypeChoices[] {
  return [...Map.groupBy(types, ({ group }) => group)].map(([group, members]) => ({
    group,
    items: members.map((type) => ({ value: type.id, label: labelOf(type) })),
  }));
}
