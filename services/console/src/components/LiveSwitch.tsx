import { Switch } from '@mantine/core';

interface Props {
  isLive: boolean;
  onChange: (isLive: boolean) => void;
}

/** Has a list follow what happens: the newest first, every few seconds, as long as somebody can see it. */
export function LiveSwitch({ isLive, onChange }: Props) {
  return (
    <Switch
      size="sm"
      label="Live"
      title="Shows what is new every few seconds, while this page is in sight"
      checked={isLive}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
