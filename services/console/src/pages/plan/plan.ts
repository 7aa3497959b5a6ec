import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { EventInput } from '#contracts/rest-api';
import type { EventDraft } from '../../components/EventForm.tsx';

/** Asks which handlers an event would run. Not a query: the answer is not cached. */
export function usePlan() {
  return useMutation({
    mutationFn: ({ text, partitionKey }: EventDraft) =>
      answerOf(
        api.POST('/api/v1/events/plan', {
          params: { header: partitionKey === '' ? {} : { 'partition-key': partitionKey } },
          body: text as unknown as EventInput,
          bodySerializer: String,
        }),
      ),
  });
}
