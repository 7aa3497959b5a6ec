import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { targetNamesQuery } from '../api/target-names.ts';

interface Props {
  value: string | undefined;
  onChange: (targetId: string | undefined) => void;
}

/** Chooses one of the targets, or any. */
export function TargetSelect({ value, onChange }: Props) {
  const { data } = useQuery(targetNamesQuery);
  const items = data?.items ?? [];
  const isMissing = value !== undefined && !items.some(({ id }) => id === value);
  return (
    <NativeSelect
      label="Target"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        { value: '', label: 'Any' },
        ...(isMissing ? [{ value, label: `…${value.slice(-8)}` }] : []),
        ...items.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
