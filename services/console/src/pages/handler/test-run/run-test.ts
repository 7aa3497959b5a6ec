import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import type { HandlerView } from '#contracts/rest-api';
import { executionsKey } from '../../executions/execution-list.ts';
import { handlersKey } from '../../handlers/handler-list.ts';

/** Has an executor run the handler once, on the event that is written in a text. */
export function useTestRun({ id }: HandlerView) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      answerOf(
        api.POST('/api/v1/handlers/{id}/test', {
          params: { path: { id } },
          // As it was typed: a number with more digits than JavaScript has would not come through a parse.
          body: {},
          bodySerializer: () => `{"event":${text}}`,
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: handlersKey }),
        client.invalidateQueries({ queryKey: executionsKey }),
      ]),
  });
}
