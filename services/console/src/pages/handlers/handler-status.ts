import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifVersion } from '../../api/client.ts';
import type { HandlerPage, HandlerView } from '#contracts/rest-api';
import { ApiProblem, type ServerAway } from '../../api/problem.ts';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import { useStopQuestions } from './stop-questions.tsx';
import { withWarningsShown } from './changed-handler.ts';
import { handlerKey, handlersKey } from './handler-list.ts';

interface Change {
  handler: HandlerView;
  status: HandlerView['status'];
}

/** Gives a handler another status, if it is still the version that was seen. */
function useStatusChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ handler, status }: Change) => {
      const params = { path: { id: handler.id }, header: ifVersion(handler) };
      return withWarningsShown(await answerOf(api.PATCH('/api/v1/handlers/{id}', { params, body: { status } })));
    },
    onSuccess: (changed) => {
      // With its version: a second click means the handler as it is now.
      client.setQueriesData<HandlerPage>({ queryKey: [...handlersKey, 'list'] }, (page) => withHandler(page, changed));
      client.setQueryData(handlerKey(changed.id), changed);
      notifyDone(`${changed.name} is ${changed.status}.`);
    },
    onError: (problem, { handler }) => notifyFailed(`Failed to change ${handler.name}`, explained(problem)),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

/** Enables a disabled handler, and disables an enabled one after a question. */
export function useStatusToggle() {
  const { mutate, isPending } = useStatusChange();
  const ask = useStopQuestions();
  const toggle = async (handler: HandlerView): Promise<void> => {
    if (handler.status !== 'enabled') mutate({ handler, status: 'enabled' });
    else if (await ask.disable(handler)) mutate({ handler, status: 'disabled' });
  };
  return { toggle, isPending };
}

/** Archives a handler after a question, and restores it: disabled, so that nothing runs unseen. */
export function useArchiving() {
  const { mutate, isPending } = useStatusChange();
  const ask = useStopQuestions();
  const archive = async (handler: HandlerView): Promise<void> => {
    if (await ask.archive(handler)) mutate({ handler, status: 'archived' });
  };
  const restore = (handler: HandlerView): void => mutate({ handler, status: 'disabled' });
  return { archive, restore, isPending };
}

function withHandler(page: HandlerPage | undefined, changed: HandlerView): HandlerPage | undefined {
  return page && { ...page, items: page.items.map((handler) => (handler.id === changed.id ? changed : handler)) };
}

function explained(problem: ApiProblem | ServerAway): ApiProblem | ServerAway {
  if (!(problem instanceof ApiProblem) || problem.status !== 412) return problem;
  const detail = 'Someone else changed it. The page now shows the current version.';
  return new ApiProblem({ type: problem.code, title: problem.title, status: problem.status, detail });
}
