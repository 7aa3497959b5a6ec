import { NativeSelect } from '@mantine/core';
import { useEventTypeGroups } from '../api/event-types.ts';

interface Props {
  value: string | undefined;
  onChange: (type: string | undefined) => void;
}

/** Chooses one of the event types, under their headings, or any. */
export function EventTypeSelect({ value, onChange }: Props) {
  const groups = useEventTypeGroups();
  const isKnown = groups.some(({ types }) => types.some(({ id }) => id === value));
  return (
    <NativeSelect
      label="Event"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        { value: '', label: 'Any' },
        // Of an address that is older than the event types, or while they are on their way.
        ...(value !== undefined && !isKnown ? [{ value, label: value }] : []),
        ...groups.map(({ group, types }) => ({
          group,
          items: types.map(({ id, label }) => ({ value: id, label: `${group}: ${label}` })),
        })),
      ]}
    />
  );
}
