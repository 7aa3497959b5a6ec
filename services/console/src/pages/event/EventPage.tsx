import { Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { EventDetailsView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { Empty } from '../../components/Empty.tsx';
import { JsonText } from '../../components/JsonText.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { isReplayable } from '../events/selection.ts';
import type { ReplayTarget } from '../replays/replay-target.ts';
import { ReplayDialog } from '../replays/ReplayDialog.tsx';
import { eventDetailsQuery, type ShownEvent } from './event-details.ts';
import { EventFacts } from './EventFacts.tsx';
import { runsOf } from './runs.ts';
import { RunSection } from './RunSection.tsx';
import { WaitingNotice } from './WaitingNotice.tsx';

const route = getRouteApi('/events/$eventId');

/** The details of one event: what was sent, and everything that was done about it. */
export function EventPage() {
  const { eventId } = route.useParams();
  const { data: event, error, refetch } = useQuery(eventDetailsQuery(eventId));
  const [target, setTarget] = useState<ReplayTarget>();
  return (
    <>
      <PageHeader
        title={event ? `${event.type} of ${String(event.objectId)}` : 'Event'}
        actions={
          event &&
          isReplayable(event) && (
            <ActionButton needs="operator" onClick={() => setTarget({ kind: 'events', events: [event] })}>
              Replay…
            </ActionButton>
          )
        }
      />
      {error && <ProblemAlert title="The event could not be read" problem={error} onRetry={() => void refetch()} />}
      {!error && !event && (
        <Stack gap="lg">
          <Skeleton height={150} />
          <Skeleton height={220} />
        </Stack>
      )}
      {event && !error && <Details event={event} />}
      <ReplayDialog target={target} onClose={() => setTarget(undefined)} />
    </>
  );
}

function Details({ event }: { event: ShownEvent }) {
  const runs = runsOf(event.executions);
  return (
    <Stack gap="lg">
      <EventFacts event={event} />
      <WaitingNotice event={event} />
      {runs.map((run) => (
        <RunSection key={run.key} run={run} />
      ))}
      {runs.length === 0 && (
        <Empty title={event.waiting ? 'No handler has run yet' : 'No handler ran'}>{whyNone(event)}</Empty>
      )}
      <section>
        <Title order={2} mb="xs">
          What was sent
        </Title>
        <Stack gap="sm">
          <JsonText label="Data" text={event.written.data} />
          {event.previous !== null && <JsonText label="Previous" text={event.written.previous} />}
          <JsonText label="The whole body" text={event.written.body} note="as handlers got it" />
        </Stack>
      </section>
    </Stack>
  );
}

function whyNone({ status, waiting }: EventDetailsView): string {
  if (status === 'duplicate') return 'It came before, and was recorded as a duplicate.';
  if (waiting) return 'It has not begun yet.';
  return 'None was enabled for this event when it came.';
}
