import type { ButtonProps } from '@mantine/core';
import type { ReplayView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { useReplayCancel } from './replay-list.ts';
import { ReplaySubject } from './ReplaySubject.tsx';

/** Cancels a running replay, after a question. */
export function ReplayCancel({ replay, size }: { replay: ReplayView } & Pick<ButtonProps, 'size'>) {
  const confirm = useConfirm();
  const cancel = useReplayCancel();
  if (replay.status === 'finished' || replay.status === 'cancelled') return null;
  const ask = async (): Promise<void> => {
    const isSure = await confirm({
      title: 'Cancel this replay?',
      body: (
        <>
          The replay of <ReplaySubject replay={replay} /> sends no more events. Events already sent ({replay.published}
          {replay.total !== null && ` of ${String(replay.total)}`}) still run.
        </>
      ),
      action: 'Cancel replay',
      keep: 'Keep it running',
      isDestructive: true,
    });
    if (isSure) cancel.mutate(replay);
  };
  return (
    <ActionButton needs="operator" variant="default" size={size} loading={cancel.isPending} onClick={() => void ask()}>
      Cancel replay
    </ActionButton>
  );
}
