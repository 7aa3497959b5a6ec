import { Button, Group, Modal, Text } from '@mantine/core';
import { useCallback, useState, type ReactNode } from 'react';
import { ConfirmContext, type Confirm, type Question } from './confirm.ts';

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

/** Holds the one dialog that asks; see useConfirm. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const [isOpen, setIsOpen] = useState(false);
  const confirm = useCallback<Confirm>(
    (question) =>
      new Promise((answer) => {
        setAsked({ ...question, answer });
        setIsOpen(true);
      }),
    [],
  );
  const close = (yes: boolean): void => {
    asked?.answer(yes);
    setIsOpen(false);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Modal
        opened={isOpen}
        onClose={() => close(false)}
        title={asked?.title}
        centered
        // Above the dialog that asks.
        zIndex={300}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text size="sm" component="div">
          {asked?.body}
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          {/* The answer that changes nothing comes first and has the focus, so that Enter alone does no harm. */}
          <Button variant="default" onClick={() => close(false)} data-autofocus>
            {asked?.keep ?? 'Cancel'}
          </Button>
          <Button color={asked?.isDestructive ? 'red.9' : undefined} onClick={() => close(true)}>
            {asked?.action}
          </Button>
        </Group>
      </Modal>
    </ConfirmContext>
  );
}
