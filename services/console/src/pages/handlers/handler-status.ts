import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifVersion } from '../../api/client.ts';
import type { HandlerPage, HandlerView } from '#contracts/rest-api';
import { ApiProblem, type ServerAway } from '../../api/problem.ts';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import { useArchiveQuestion } from './archive-question.tsx';
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
      // Its version, too: whoever clicks again at once means the handler as it is now.
      client.setQueriesData<HandlerPage>({ queryKey: [...handlersKey, 'list'] }, (page) => withHandler(page, changed));
      client.setQueryData(handlerKey(changed.id), changed);
      notifyDone(`${changed.name} is ${changed.status}.`);
    },
    onError: (problem, { handler }) => notifyFailed(`${handler.name} was not changed`, explained(problem)),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

/** Enables a handler that is disabled, and the reverse. */
export function useStatusToggle() {
  const { mutate, isPending } = useStatusChange();
  const toggle = (handler: HandlerView): void =>
    mutate({ handler, status: handler.status === 'enabled' ? 'disabled' : 'enabled' });
  return { toggle, isPending };
}

/** Archives a handler after a question, and restores it: disabled, so that nothing runs unseen. */
export function useArchiving() {
  const { mutate, isPending } = useStatusChange();
  const ask = useArchiveQuestion();
  const archive = async (handler: HandlerView): Promise<void> => {
    if (await ask(handler)) mutate({ handler, status: 'archived' });
  };
  const restore = (handler: HandlerView): void => mutate({ handler, status: 'disabled' });
  return { archive, restore, isPending };
}

function withHandler(page: HandlerPage | undefined, changed: HandlerView): HandlerPage | undefined {
  return page && { ...page, items: page.items.map((handler) => (handler.id === changed.id ? changed : handler)) };
}

function explained(problem: ApiProblem | ServerAway): ApiProblem | ServerAway {
  if (!(problem instanceof ApiProblem) || problem.status !== 412) return problem;
  const detail = 'Somebody else has changed it since you read it. The page now shows how it is.';
  return new ApiProblem({ type: problem.code, title: problem.title, status: problem.status, detail });
}
