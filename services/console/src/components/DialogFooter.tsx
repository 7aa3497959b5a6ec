import { Button, Group } from '@mantine/core';

interface Props {
  /** The verb on the button, with the number of things it affects. */
  action: string;
  onCancel: () => void;
  isReady?: boolean;
  isPending: boolean;
  /** It takes something away. */
  isDestructive?: boolean;
}

/** The buttons of a dialog with a form; the first one changes nothing, the second one submits the form. */
export function DialogFooter({ action, onCancel, isReady = true, isPending, isDestructive = false }: Props) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" disabled={!isReady} loading={isPending} color={isDestructive ? 'red.9' : undefined}>
        {action}
      </Button>
    </Group>
  );
}
