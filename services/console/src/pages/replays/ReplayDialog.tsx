import { Modal } from '@mantine/core';
import { useState } from 'react';
import { ReplayForm } from './ReplayForm.tsx';
import type { ReplayTarget } from './replay-target.ts';

interface Props {
  /** Undefined while nobody asks. */
  target: ReplayTarget | undefined;
  onClose: () => void;
}

/** Asks whether events are to be handled once more, and by which handlers. */
export function ReplayDialog({ target, onClose }: Props) {
  // What was asked last stays in it while it fades.
  const [shown, setShown] = useState(target);
  if (target !== undefined && target !== shown) setShown(target);
  const isOne = shown?.kind === 'events' && shown.events.length === 1;
  return (
    <Modal
      opened={target !== undefined}
      onClose={onClose}
      title={isOne ? 'Replay this event?' : 'Replay these events?'}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown && <ReplayForm target={shown} onClose={onClose} />}
    </Modal>
  );
}
