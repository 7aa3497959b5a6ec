import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifVersion } from '../../api/client.ts';
import type { HandlerPage, HandlerView } from '../../api/generated/schema.d.ts';
import { ApiProblem, type ServerAway } from '../../api/problem.ts';
import { useConfirm } from '../../components/confirm.ts';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import { handlerKey, handlersKey } from './handler-list.ts';

interface Change {
  handler: HandlerView;
  status: HandlerView['status'];
}

/** Gives a handler another status, if it is still the version that was seen. */
function useStatusChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ handler, status }: Change) =>
      answerOf(
        api.PATCH('/api/v1/handlers/{id}', {
          params: { path: { id: handler.id }, header: ifVersion(handler) },
          body: { status },
        }),
      ),
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

/** Puts a handler out of sight, after a question, and brings it back: disabled, so that nothing runs unseen. */
export function useArchiving() {
  const { mutate, isPending } = useStatusChange();
  const confirm = useConfirm();
  const archive = async (handler: HandlerView): Promise<void> => {
    const isSure = await confirm({
      title: `Archive ${handler.name}?`,
      body: `It runs for no further event of ${handler.event}, and executions of it that wait to be tried again are given up. Its log stays, and it can be restored.`,
      action: 'Archive',
      isDestructive: true,
    });
    if (isSure) mutate({ handler, status: 'archived' });
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
