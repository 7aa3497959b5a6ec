import { useMutation } from '@tanstack/react-query';
import type { AttemptView, EventDetailsView, JudgementView } from '#contracts/rest-api';
import { answerOf, api } from '../../../api/client.ts';
import { draftOf } from './draft-preview.ts';
import type { HandlerFormValues } from './form-values.ts';

/** An answer of the journal, and what the rules of the form make of it. */
export interface TriedAnswer {
  readonly attempt: AttemptView;
  readonly eventId: string;
  readonly judgement: JudgementView;
}

/** Enough to see whether a rule is right, and soon answered. */
const mostTried = 5;

/** Asks what the rules of the form make of the handler's latest answers. */
export function useRuleTrial(handlerId: string) {
  return useMutation({
    mutationFn: async (values: HandlerFormValues): Promise<TriedAnswer[]> => {
      const query = { handlerId, limit: mostTried };
      const { items } = await answerOf(api.GET('/api/v1/executions', { params: { query } }));
      const eventIds = [...new Set(items.map(({ eventId }) => eventId))];
      const tried = await Promise.all(eventIds.map((eventId) => triedAnswer(eventId, handlerId, values)));
      return tried.filter((each) => each !== undefined);
    },
  });
}

async function triedAnswer(
  eventId: string,
  handlerId: string,
  values: HandlerFormValues,
): Promise<TriedAnswer | undefined> {
  const event = await answerOf(api.GET('/api/v1/events/{id}', { params: { path: { id: eventId } } }));
  const found = lastAnswered(event, handlerId);
  if (!found) return undefined;
  const { attempt, maybe } = found;
  const answer = { response: attempt.response as Record<string, never>, attempt: attempt.number, maybe };
  const body = { handler: draftOf(values), answer };
  const { judgement } = await answerOf(api.POST('/api/v1/handlers/preview', { body }));
  return judgement && { attempt, eventId, judgement };
}

/** The last attempt of the handler that got an answer, and whether one before it may have arrived. */
function lastAnswered(
  { executions }: EventDetailsView,
  handlerId: string,
): { attempt: AttemptView; maybe: boolean } | undefined {
  const attempts = executions.filter((each) => each.handlerId === handlerId).flatMap((each) => each.attempts);
  const index = attempts.findLastIndex(({ response }) => Object.keys(response).length > 0);
  const attempt = attempts[index];
  return attempt && { attempt, maybe: attempts.slice(0, index).some(({ reached }) => reached !== 'no') };
}
