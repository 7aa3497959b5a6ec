import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifVersion } from '../../../api/client.ts';
import type { HandlerView } from '../../../api/generated/schema.d.ts';
import { notifyDone, notifyFailed } from '../../../components/notify.ts';
import type { ApiProblem, ServerAway } from '../../../api/problem.ts';
import { handlerKey, handlersKey } from '../handler-list.ts';
import { inputOf, patchOf } from './form-input.ts';
import type { HandlerFormValues } from './form-values.ts';

/** What the dialog is opened for. */
export type DialogSubject =
  | { kind: 'new'; event?: string | undefined }
  | { kind: 'edit'; handler: HandlerView }
  | { kind: 'clone'; handler: HandlerView };

export interface Saved {
  handler: HandlerView;
  /** Of its signatures, when one was asked for with a new handler. */
  secret?: string | undefined;
}

/** Makes a handler, or changes the version of it that was seen. */
export function useHandlerSave(subject: DialogSubject) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: HandlerFormValues): Promise<Saved> =>
      subject.kind === 'edit' ? change(subject.handler, values) : create(values),
    onSuccess: ({ handler }) => {
      client.setQueryData(handlerKey(handler.id), handler);
      notifyDone(`${handler.name} is ${subject.kind === 'edit' ? 'saved' : 'made'}.`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

async function change(handler: HandlerView, values: HandlerFormValues): Promise<Saved> {
  const params = { path: { id: handler.id }, header: ifVersion(handler) };
  const body = patchOf(values, handler);
  return { handler: await answerOf(api.PATCH('/api/v1/handlers/{id}', { params, body })) };
}

async function create(values: HandlerFormValues): Promise<Saved> {
  const handler = await answerOf(api.POST('/api/v1/handlers', { body: inputOf(values) }));
  if (!values.isSigned || values.taskType !== 'http') return { handler };
  return { handler, secret: await makeSecret(handler) };
}

/** The handler is there whether or not this works, so that it does not fail with it. */
async function makeSecret({ id, name }: HandlerView): Promise<string | undefined> {
  try {
    const params = { path: { id } };
    const { secret } = await answerOf(api.POST('/api/v1/handlers/{id}/signing-secrets', { params }));
    return secret;
  } catch (problem) {
    notifyFailed(`${name} is made, but not the secret of its signatures`, problem as ApiProblem | ServerAway);
    return undefined;
  }
}
