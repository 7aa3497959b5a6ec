import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { handlerNameQuery, handlerNamesQuery } from '../api/handler-names.ts';

interface Props {
  /** Id of an event type, whose handlers are offered; without it all. */
  event?: string | undefined;
  value: string | undefined;
  onChange: (handlerId: string | undefined) => void;
}

/** Chooses one of the handlers, or any. */
export function HandlerSelect({ event, value, onChange }: Props) {
  const { data } = useQuery(handlerNamesQuery(event));
  const { data: chosen } = useQuery({ ...handlerNameQuery(value ?? ''), enabled: value !== undefined });
  const items = data?.items ?? [];
  const isMissing = value !== undefined && !items.some(({ id }) => id === value);
  const left = (data?.total ?? 0) - items.length;
  return (
    <NativeSelect
      label="Handler"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        { value: '', label: 'Any' },
        // An archived one, or one of another event type; its log still exists.
        ...(isMissing ? [{ value, label: chosen?.name ?? value }] : []),
        ...items.map(({ id, name }) => ({ value: id, label: name })),
        ...(left > 0
          ? [{ value: 'left', label: `${String(left)} more: choose an event to narrow the list`, disabled: true }]
          : []),
      ]}
    />
  );
}
