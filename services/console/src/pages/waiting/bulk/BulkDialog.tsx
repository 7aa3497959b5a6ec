import { Modal } from '@mantine/core';
import { useState } from 'react';
import { counted } from '../../../components/format-number.ts';
import type { KeyAction } from '../waiting-list.ts';
import type { BulkTarget } from './bulk-target.ts';
import { BulkForm } from './BulkForm.tsx';

interface Props {
  /** Undefined while the dialog is closed. */
  asked: { action: KeyAction; target: BulkTarget } | undefined;
  onClose: (isDone: boolean) => void;
}

/** Asks how to retry or skip many waiting keys. */
export function BulkDialog({ asked, onClose }: Props) {
  // The last question stays while the dialog fades.
  const [shown, setShown] = useState(asked);
  if (asked !== undefined && asked !== shown) setShown(asked);
  return (
    <Modal
      opened={asked !== undefined}
      onClose={() => onClose(false)}
      title={shown && titleOf(shown)}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown && <BulkForm action={shown.action} target={shown.target} onClose={onClose} />}
    </Modal>
  );
}

function titleOf({ action, target }: NonNullable<Props['asked']>): string {
  const verb = action === 'retry' ? 'Retry' : 'Skip';
  return target.kind === 'selected' ? `${verb} ${counted(target.keys.length, 'key')}` : `${verb} all matching keys`;
}
