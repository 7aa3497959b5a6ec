import { Modal } from '@mantine/core';
import { ShownOnceInDialog } from '../../components/ShownOnce.tsx';
import { NewKeyForm } from './NewKeyForm.tsx';
import { useMakeKey } from './api-keys.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/**
 * Makes a key, and shows it. Once it is shown, only the button closes the dialog: a click beside it would lose the key.
 */
export function NewKeyDialog({ isOpen, onClose }: Props) {
  const make = useMakeKey();
  const made = make.data;
  const close = (): void => {
    onClose();
    make.reset();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={made ? `The key ${made.name}` : 'New API key'}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      withCloseButton={!made}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made ? (
        <ShownOnceInDialog title="API key" secret={made.key} onKept={close}>
          Provisor stores only its hash, so copy the key now. Its role is {made.role}.
        </ShownOnceInDialog>
      ) : (
        <NewKeyForm onSubmit={(input) => make.mutate(input)} isMaking={make.isPending} problem={make.error} />
      )}
    </Modal>
  );
}
