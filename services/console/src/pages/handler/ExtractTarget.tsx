import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { HandlerView } from '#contracts/rest-api';
import { answerOf, api, ifVersion } from '../../api/client.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import { handlersKey } from '../handlers/handler-list.ts';
import { targetsKey } from '../targets/target-list.ts';

/** Makes a target of the URL of a handler, which other handlers can then call too. */
export function ExtractTarget({ handler }: { handler: HandlerView }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const extract = useMutation({
    mutationFn: () => {
      const params = { path: { id: handler.id }, header: ifVersion(handler) };
      return answerOf(api.POST('/api/v1/handlers/{id}/extract-target', { params, body: {} }));
    },
    onSuccess: ({ target }) => {
      const show = (): void => void navigate({ to: '/targets/$targetId', params: { targetId: target.id } });
      notifyDone(`${handler.name} calls the target ${target.name} now.`, { label: 'Show target', run: show });
    },
    onError: (problem) => notifyFailed('Failed to make a target', problem),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: handlersKey }),
        client.invalidateQueries({ queryKey: targetsKey }),
      ]),
  });
  const ask = async (): Promise<void> => {
    const body =
      'Host, headers, secrets and certificates move to a new target. The handler keeps its method and path, and its ' +
      'calls stay the same. Other handlers can then call the target too.';
    if (await confirm({ title: `Make a target of the URL of ${handler.name}?`, body, action: 'Make target' })) {
      extract.mutate();
    }
  };
  return (
    <ActionButton needs="admin" variant="default" loading={extract.isPending} onClick={() => void ask()}>
      Make target…
    </ActionButton>
  );
}
