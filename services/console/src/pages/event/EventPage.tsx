import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { EventDetailsView } from '#contracts/rest-api';
import { useEventLabel } from '../../api/event-types.ts';
import { Empty } from '../../components/Empty.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { RunAgain } from './again/RunAgain.tsx';
import { eventDetailsQuery, type ShownEvent } from './event-details.ts';
import { EventBody } from './EventBody.tsx';
import { eventFailuresQuery } from './event-failures.ts';
import { EventFacts } from './EventFacts.tsx';
import { EventFailures } from './EventFailures.tsx';
import { runsOf } from './runs.ts';
import { RunSection } from './RunSection.tsx';
import { WaitingNotice } from './WaitingNotice.tsx';

const route = getRouteApi('/events/$eventId');

/** One event: its data, its runs, and every attempt. */
export function EventPage() {
  const { eventId } = route.useParams();
  const { data: event, error, refetch } = useQuery(eventDetailsQuery(eventId));
  const label = useEventLabel(event?.type ?? '');
  return (
    <>
      <PageHeader title={event ? `${label ?? event.type}, object ${String(event.objectId)}` : 'Event'} />
      {error && <ProblemAlert title="Failed to load the event" problem={error} onRetry={() => void refetch()} />}
      {!error && !event && (
        <Stack gap="lg">
          <Skeleton height={150} />
          <Skeleton height={220} />
        </Stack>
      )}
      {event && !error && <Details event={event} />}
    </>
  );
}

function Details({ event }: { event: ShownEvent }) {
  const runs = runsOf(event);
  const isAlone = runs.length === 1;
  const { data: failures = [] } = useQuery(eventFailuresQuery(event));
  const isOpen = failures.some(({ state }) => state === 'open');
  // An open failure is why people come here, so its actions come first.
  const again = <RunAgain key={event.id} event={event} hasOpenFailure={isOpen} />;
  return (
    <Stack gap="lg">
      <EventFacts event={event} />
      <WaitingNotice event={event} />
      <EventFailures failures={failures} />
      {isOpen && again}
      {runs.map((run) => (
        <RunSection key={run.key} run={run} isAlone={isAlone} />
      ))}
      {event.executions.length === 0 && (
        <Empty title={event.waiting ? 'No handler has run yet' : 'No handler ran'}>{whyNone(event)}</Empty>
      )}
      {!isOpen && again}
      <EventBody event={event} />
    </Stack>
  );
}

function whyNone({ status, waiting }: EventDetailsView): string {
  if (status === 'duplicate') return 'An event with this id was received before, so this one is a duplicate.';
  if (waiting) return 'The event waits to begin.';
  return 'No handler was enabled for this event when it was received.';
}
