import type { ButtonProps } from '@mantine/core';
import type { OperationView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { counted, formatNumber } from '../../components/format-number.ts';
import { useOperationCancel } from './operation-list.ts';
import { isRunning, kindLabels, unitOf } from './operation-words.ts';

interface Props extends Pick<ButtonProps, 'size'> {
  operation: OperationView;
}

/** Cancels the part of an operation that has not begun, after a question. */
export function OperationCancel({ operation, size }: Props) {
  const confirm = useConfirm();
  const cancel = useOperationCancel();
  if (!isRunning(operation)) return null;
  const { kind, done, total } = operation;
  const ask = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Cancel this ${kindLabels[kind].toLowerCase()}?`,
      body:
        total === null
          ? 'It has not started, so nothing has changed yet.'
          : `${formatNumber(done)} of ${counted(total, unitOf(kind))} are done and stay done. ` +
            'Calls in flight still end. Nothing else begins.',
      action: 'Cancel operation',
      keep: 'Keep it running',
      isDestructive: true,
    });
    if (isSure) cancel.mutate(operation);
  };
  return (
    <ActionButton needs="operator" variant="default" size={size} loading={cancel.isPending} onClick={() => void ask()}>
      Cancel operation
    </ActionButton>
  );
}
