import { Modal } from '@mantine/core';
import { useState } from 'react';
import { ReplayForm } from './ReplayForm.tsx';
import type { ReplayTarget } from './replay-target.ts';

interface Props {
  /** Undefined while the dialog is closed. */
  target: ReplayTarget | undefined;
  onClose: () => void;
}

/** Asks whether to replay events, and with which handlers. */
export function ReplayDialog({ target, onClose }: Props) {
  // The last question stays while the dialog fades.
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
