import { Switch } from '@mantine/core';

interface Props {
  isLive: boolean;
  onChange: (isLive: boolean) => void;
}

/** Refreshes a list every few seconds while it is visible. */
export function LiveSwitch({ isLive, onChange }: Props) {
  return (
    <Switch
      size="sm"
      label="Live"
      title="Refreshes the list every few seconds"
      checked={isLive}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
