import type { QueryClient } from '@tanstack/react-query';
import type { DeferralView, EventDetailsView } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { notifyProgress } from '../../components/notify.tsx';
import { eventsKey } from '../events/event-list.ts';
import { retryOutcome } from './retry-outcome.ts';

const everyMs = 700;
/** A call may take as long as the timeout of its handler; after a while the page of the event is the place to look. */
const longestMs = 60_000;

/** Shows the result of a retry once the journal has it. */
export async function tellRetry(client: QueryClient, deferral: DeferralView): Promise<void> {
  const name = deferral.handlerName ?? `The key ${deferral.key}`;
  const tell = notifyProgress(`Retrying ${name}…`);
  const started = Date.now();
  while (Date.now() - started < longestMs) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const event = await detailsOf(deferral.event.id);
    const outcome = event && retryOutcome(event, deferral, new Date());
    if (outcome) {
      tell({ message: `${name}: ${outcome.words}`, isGood: outcome.isGood });
      await client.invalidateQueries({ queryKey: eventsKey });
      return;
    }
  }
  tell({ message: `${name}: the retry is still running. Open the event to see how it ends.`, isGood: true });
}

/** Undefined when the registry does not answer: it is asked again. */
async function detailsOf(id: string): Promise<EventDetailsView | undefined> {
  try {
    return await answerOf(api.GET('/api/v1/events/{id}', { params: { path: { id } } }));
  } catch {
    return undefined;
  }
}
