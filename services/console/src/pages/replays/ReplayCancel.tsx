import type { ButtonProps } from '@mantine/core';
import type { ReplayView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { useReplayCancel } from './replay-list.ts';
import { ReplaySubject } from './ReplaySubject.tsx';

/** Cancels a replay that is under way, once somebody has said yes. */
export function ReplayCancel({ replay, size }: { replay: ReplayView } & Pick<ButtonProps, 'size'>) {
  const confirm = useConfirm();
  const cancel = useReplayCancel();
  if (replay.status === 'finished' || replay.status === 'cancelled') return null;
  const ask = async (): Promise<void> => {
    const isSure = await confirm({
      title: 'Cancel this replay?',
      body: (
        <>
          The replay of <ReplaySubject replay={replay} /> sends nothing more. What it has sent, {replay.published}
          {replay.total === null ? ' events' : ` of ${String(replay.total)} events`} so far, goes its way.
        </>
      ),
      action: 'Cancel the replay',
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
