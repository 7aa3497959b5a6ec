import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifVersion } from '../../api/client.ts';
import type { HandlerPage, HandlerView, operations } from '../../api/generated/schema.d.ts';
import { ApiProblem, ServerAway } from '../../api/problem.ts';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import type { HandlerFilters } from './handler-filters.ts';

type HandlerQuery = NonNullable<operations['listHandlers']['parameters']['query']>;

/** Everything that is read of handlers lies under it, and is read anew when one has changed. */
export const handlersKey = ['handlers'] as const;

export const pageLimit = 50;

/** One page of the list; the page before stays on the screen until it is there. */
export function handlerListQuery({ event, sort = 'priority', page = 1, ...filters }: HandlerFilters) {
  // Which event types there are is for the API to say: the address may be older than they are.
  const query: HandlerQuery = { ...filters, event: event as HandlerQuery['event'], page, limit: pageLimit };
  return queryOptions({
    queryKey: [...handlersKey, 'list', { ...query, sort }],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/handlers', { params: { query: { ...query, sort: orderOf(sort) } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What is equal in the one is told apart by the other. */
function orderOf(sort: NonNullable<HandlerFilters['sort']>): string {
  return sort.endsWith('priority') ? `${sort},name` : `${sort},priority`;
}

/** Enables a handler that is disabled, and the reverse, if it is still the version that was seen. */
export function useStatusToggle() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (handler: HandlerView) =>
      answerOf(
        api.PATCH('/api/v1/handlers/{id}', {
          params: { path: { id: handler.id }, header: ifVersion(handler) },
          body: { status: handler.status === 'enabled' ? 'disabled' : 'enabled' },
        }),
      ),
    onSuccess: (changed) => {
      // Its version, too: whoever clicks again at once means the handler as it is now.
      client.setQueriesData<HandlerPage>({ queryKey: [...handlersKey, 'list'] }, (page) => withHandler(page, changed));
      notifyDone(`${changed.name} is ${changed.status}.`);
    },
    onError: (problem, { name }) => notifyFailed(`${name} was not changed`, explained(problem)),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

function withHandler(page: HandlerPage | undefined, changed: HandlerView): HandlerPage | undefined {
  return page && { ...page, items: page.items.map((handler) => (handler.id === changed.id ? changed : handler)) };
}

function explained(problem: ApiProblem | ServerAway): ApiProblem | ServerAway {
  if (!(problem instanceof ApiProblem) || problem.status !== 412) return problem;
  const detail = 'Somebody else has changed it since you read it. The list now shows how it is.';
  return new ApiProblem({ type: problem.code, title: problem.title, status: problem.status, detail });
}
