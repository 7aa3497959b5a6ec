import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { TargetView } from '#contracts/rest-api';
import { useConfirm } from '../../../components/confirm.ts';
import { useTargetSave } from './save-target.ts';
import { blankTarget, targetValues } from './target-values.ts';
import { TargetForm } from './TargetForm.tsx';

interface Props {
  /** Undefined: a new one. */
  target: TargetView | undefined;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (target: TargetView) => void;
}

/** The dialog that creates and changes targets. It asks before it discards changes. */
export function TargetDialog({ target, isOpen, onClose, onSaved }: Props) {
  const [isEdited, setIsEdited] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const save = useTargetSave(target);
  const confirm = useConfirm();
  const close = async (): Promise<void> => {
    if (isEdited) {
      setIsAsking(true);
      const body = 'Your changes are not saved yet.';
      const question = { title: 'Discard your changes?', body, action: 'Discard', keep: 'Keep editing' };
      const isSure = await confirm({ ...question, isDestructive: true });
      setIsAsking(false);
      if (!isSure) return;
    }
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={() => void close()}
      title={target === undefined ? 'New Target' : 'Edit Target'}
      size={680}
      closeOnClickOutside={false}
      closeOnEscape={!isAsking}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <TargetForm
        initial={() => (target === undefined ? blankTarget() : targetValues(target))}
        onSave={async (values) => {
          const saved = await save.mutateAsync(values);
          onClose();
          onSaved(saved);
        }}
        problem={save.error}
        isSaving={save.isPending}
        onEdited={setIsEdited}
        onCancel={() => void close()}
      />
    </Modal>
  );
}
