import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answerOf, api, ifVersion } from '../../../api/client.ts';
import { taskTraits } from '#contracts';
import type { HandlerView } from '#contracts/rest-api';
import { notifyDone, notifyFailed } from '../../../components/notify.tsx';
import type { ApiProblem, ServerAway } from '../../../api/problem.ts';
import { withWarningsShown } from '../changed-handler.ts';
import { handlerKey, handlersKey } from '../handler-list.ts';
import { inputOf, type HandlerFormValues } from './form-values.ts';

/** What the dialog is opened for. */
export type DialogSubject =
  | { kind: 'new'; event?: string | undefined; values?: Partial<HandlerFormValues> }
  | { kind: 'edit'; handler: HandlerView }
  | { kind: 'clone'; handler: HandlerView }
  /** An earlier version, to be saved as a new one. */
  | { kind: 'restore'; handler: HandlerView; version: HandlerView };

export interface Saved {
  handler: HandlerView;
  /** Of its signatures, when one was asked for with a new handler. */
  secret?: string | undefined;
}

/** Creates a handler, or changes the version that was read. After a creation the message offers a test. */
export function useHandlerSave(subject: DialogSubject) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const test = ({ id }: HandlerView): void =>
    void navigate({ to: '/handlers/$handlerId', params: { handlerId: id }, search: { tab: 'test' } });
  return useMutation({
    mutationFn: (values: HandlerFormValues): Promise<Saved> =>
      subject.kind === 'edit' || subject.kind === 'restore' ? change(subject.handler, values) : create(values),
    onSuccess: ({ handler }) => {
      client.setQueryData(handlerKey(handler.id), handler);
      if (subject.kind === 'edit') notifyDone(`${handler.name} is saved.`);
      else if (subject.kind === 'restore')
        notifyDone(`${handler.name} is restored to version ${subject.version.version}.`);
      else notifyDone(`${handler.name} is created.`, { label: 'Test', run: () => test(handler) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

async function change(handler: HandlerView, values: HandlerFormValues): Promise<Saved> {
  const params = { path: { id: handler.id }, header: ifVersion(handler) };
  return {
    handler: withWarningsShown(await answerOf(api.PATCH('/api/v1/handlers/{id}', { params, body: inputOf(values) }))),
  };
}

async function create(values: HandlerFormValues): Promise<Saved> {
  const handler = withWarningsShown(await answerOf(api.POST('/api/v1/handlers', { body: inputOf(values) })));
  if (!values.isSigned || !taskTraits[values.task.type].isSignable) return { handler };
  return { handler, secret: await makeSecret(handler) };
}

/** The handler is there whether or not this works, so that it does not fail with it. */
async function makeSecret({ id, name }: HandlerView): Promise<string | undefined> {
  try {
    const params = { path: { id } };
    const { secret } = await answerOf(api.POST('/api/v1/handlers/{id}/signing-secrets', { params }));
    return secret;
  } catch (problem) {
    notifyFailed(`${name} is created, but without a signing secret`, problem as ApiProblem | ServerAway);
    return undefined;
  }
}
