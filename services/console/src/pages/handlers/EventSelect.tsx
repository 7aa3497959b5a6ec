import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useEventTypeGroups } from '../../api/event-types.ts';

interface Props extends Omit<NativeSelectProps, 'data'> {
  /** What stands first, for none of them. */
  blank: string;
}

/** One of the event types, under their headings. */
export function EventSelect({ blank, ...props }: Props) {
  const groups = useEventTypeGroups();
  const data = groups.map(({ group, types }) => ({
    group,
    items: types.map(({ id, label }) => ({ value: id, label: `${group}: ${label}` })),
  }));
  return (
    <NativeSelect
      label="Event"
      // Its options come from the API, perhaps after the value has named one of them.
      key={groups.length}
      {...props}
      data={[{ value: '', label: blank }, ...data]}
    />
  );
}
