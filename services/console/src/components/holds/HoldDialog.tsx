import { Modal } from '@mantine/core';
import type { HoldSubject } from './hold-calls.ts';
import { HoldForm } from './HoldForm.tsx';

interface Props {
  subject: HoldSubject;
  isOpen: boolean;
  onClose: () => void;
}

/** The dialog that holds a handler or target. */
export function HoldDialog({ subject, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={`Hold ${subject.name}`}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <HoldForm subject={subject} onClose={onClose} />
    </Modal>
  );
}
