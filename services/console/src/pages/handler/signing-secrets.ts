import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { HandlerView } from '#contracts/rest-api';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import { handlersKey } from '../handlers/handler-list.ts';

/** Makes a secret for the signatures of a handler; the ones before it sign beside it for the overlap, `24h`. */
export function useSecretMaking({ id, name }: HandlerView) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (overlap: string) =>
      answerOf(api.POST('/api/v1/handlers/{id}/signing-secrets', { params: { path: { id } }, body: { overlap } })),
    onError: (problem) => notifyFailed(`Failed to create a secret for ${name}`, problem),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

/** Ends a secret: no call is signed with it any more. */
export function useSecretRevoking({ id, name }: HandlerView) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (secretId: string) =>
      answerOf(api.DELETE('/api/v1/handlers/{id}/signing-secrets/{secretId}', { params: { path: { id, secretId } } })),
    onSuccess: () => notifyDone(`The secret of ${name} is revoked.`),
    onError: (problem) => notifyFailed(`Failed to revoke the secret of ${name}`, problem),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}
