import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TargetView } from '#contracts/rest-api';
import { answerOf, api, ifVersion } from '../../api/client.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { HoldButton } from '../../components/holds/HoldButton.tsx';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import { targetsKey } from '../targets/target-list.ts';

interface Props {
  target: TargetView;
  onEdit: () => void;
}

/** What can be done with the target as a whole. */
export function TargetActions({ target, onEdit }: Props) {
  const { id, name, hold } = target;
  const client = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const remove = useMutation({
    mutationFn: () =>
      answerOf(api.DELETE('/api/v1/targets/{id}', { params: { path: { id }, header: ifVersion(target) } })),
    onSuccess: async () => {
      notifyDone(`${name} is deleted.`);
      await navigate({ to: '/targets' });
      await client.invalidateQueries({ queryKey: targetsKey });
    },
    onError: (problem) => notifyFailed(`Failed to delete ${name}`, problem),
  });
  const ask = async (): Promise<void> => {
    const body = 'Its credentials are gone with it. A target that handlers use cannot be deleted.';
    if (await confirm({ title: `Delete ${name}?`, body, action: 'Delete', isDestructive: true })) remove.mutate();
  };
  return (
    <>
      <HoldButton subject={{ type: 'target', id, name }} hold={hold} />
      <ActionButton needs="admin" variant="default" loading={remove.isPending} onClick={() => void ask()}>
        Delete…
      </ActionButton>
      <ActionButton needs="admin" onClick={onEdit}>
        Edit
      </ActionButton>
    </>
  );
}
