import { Modal } from '@mantine/core';
import type { HoldView } from '#contracts/rest-api';
import type { HoldSubject } from './hold-calls.ts';
import { HoldForm } from './HoldForm.tsx';

interface Props {
  subject: HoldSubject;
  hold: HoldView | null;
  isOpen: boolean;
  onClose: () => void;
}

/** The dialog that holds a handler or target, or changes the hold. */
export function HoldDialog({ subject, hold, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={hold === null ? `Hold ${subject.name}` : `Change the hold of ${subject.name}`}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <HoldForm subject={subject} hold={hold} onClose={onClose} />
    </Modal>
  );
}
