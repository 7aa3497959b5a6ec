import { Modal } from '@mantine/core';
import { ReplayForm } from './ReplayForm.tsx';
import type { ReplayTarget } from './replay-target.ts';

interface Props {
  /** Undefined while nobody asks. */
  target: ReplayTarget | undefined;
  onClose: () => void;
}

/** Asks whether events are to be handled once more, and by which handlers; then shows how it goes. */
export function ReplayDialog({ target, onClose }: Props) {
  return (
    <Modal
      opened={target !== undefined}
      onClose={onClose}
      title={target?.kind === 'events' && target.events.length === 1 ? 'Replay this event?' : 'Replay these events?'}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {target && <ReplayForm target={target} onClose={onClose} />}
    </Modal>
  );
}
