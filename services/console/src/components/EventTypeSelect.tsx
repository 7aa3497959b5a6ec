import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useEventTypeChoices } from '../api/event-types.ts';

interface Props extends Omit<NativeSelectProps, 'data' | 'value'> {
  /** Id of an event type; undefined, or empty as forms have it, for none. */
  value?: string | undefined;
  /** What stands first, for none of them. */
  blank?: string;
}

/** Chooses one of the event types, under their headings, or none. */
export function EventTypeSelect({ value = '', blank = 'Any', ...props }: Props) {
  const choices = useEventTypeChoices();
  const isKnown = choices.some(({ items }) => items.some((item) => item.value === value));
  return (
    <NativeSelect
      label="Event"
      {...props}
      value={value}
      data={[
        { value: '', label: blank },
        // Of an address that is older than the event types, or while they are on their way.
        ...(value !== '' && !isKnown ? [{ value, label: value }] : []),
        ...choices,
      ]}
    />
  );
}
