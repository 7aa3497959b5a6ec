import { queryOptions } from '@tanstack/react-query';
import type { DraftPreviewBody } from '#contracts/rest-api';
import { answerOf, api } from '../../../api/client.ts';
import { keepIn, rulesIn } from './answer-rows.ts';
import type { HandlerFormValues } from './form-values.ts';
import { taskInput } from './task-forms.ts';

/** What of the form decides about requests and answers. */
export function draftOf({ event, task, format, outcomes, keep }: HandlerFormValues): DraftPreviewBody['handler'] {
  return {
    event: event as DraftPreviewBody['handler']['event'],
    task: taskInput(task),
    format,
    outcomes: rulesIn(outcomes),
    keep: keepIn(keep),
  };
}

/** The request of a handler that is not saved, for the sample of its event type. */
export function draftPreviewQuery(draft: string) {
  return queryOptions({
    queryKey: ['handler-preview', draft],
    queryFn: ({ signal }) => {
      const handler = JSON.parse(draft) as DraftPreviewBody['handler'];
      return answerOf(api.POST('/api/v1/handlers/preview', { body: { handler }, signal }));
    },
    retry: false,
  });
}
