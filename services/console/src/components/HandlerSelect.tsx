import { NativeSelect } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import type { operations } from '../api/generated/schema.d.ts';

interface Props {
  /** Id of an event type, whose handlers are offered; without it all. */
  event: string | undefined;
  value: string | undefined;
  onChange: (handlerId: string | undefined) => void;
}

type HandlerQuery = NonNullable<operations['listHandlers']['parameters']['query']>;

/** The API gives no more at once; beyond that the event type narrows them. */
const most = 500;

/** Chooses one of the handlers, or any. */
export function HandlerSelect({ event, value, onChange }: Props) {
  const { data } = useQuery(handlerNamesQuery(event));
  const { data: chosen } = useQuery({ ...handlerNameQuery(value ?? ''), enabled: value !== undefined });
  const items = data?.items ?? [];
  const isMissing = value !== undefined && !items.some(({ id }) => id === value);
  return (
    <NativeSelect
      label="Handler"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        { value: '', label: 'Any' },
        // An archived one, or one of another event type; its log is there all the same.
        ...(isMissing ? [{ value, label: chosen?.name ?? value }] : []),
        ...items.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

function handlerNamesQuery(event: string | undefined) {
  const query = { event: event as HandlerQuery['event'], sort: 'name', limit: most };
  return queryOptions({
    queryKey: ['handlers', 'names', event],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers', { params: { query }, signal })),
    staleTime: 60_000,
  });
}

function handlerNameQuery(id: string) {
  return queryOptions({
    queryKey: ['handlers', 'name', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers/{id}', { params: { path: { id } }, signal })),
    staleTime: 60_000,
  });
}
