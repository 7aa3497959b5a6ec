import type { EventDetailsView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';

/** What an event is known by, and where it stands. */
export function EventFacts({ event }: { event: EventDetailsView }) {
  const { receivedAt, finishedAt, replayId, partitionKey, objectId } = event;
  return (
    <Facts
      facts={{
        Status: <StatusBadge status={event.status} />,
        Event: <EventName event={event.type} />,
        ID: <Id id={event.id} isWhole />,
        'Object ID': (
          <PageLink to="/events" search={{ objectId: String(objectId) }} inherit className="mono">
            {objectId}
          </PageLink>
        ),
        'Partition key': (
          <PageLink to="/events" search={{ partitionKey }} inherit className="mono">
            {partitionKey}
          </PageLink>
        ),
        Occurred: <Time at={event.occurredAt} />,
        Received: <Time at={receivedAt} />,
        Finished: <Time at={finishedAt} />,
        Duration: finishedAt !== null && <Duration ms={Math.max(0, Date.parse(finishedAt) - Date.parse(receivedAt))} />,
        Revision: event.revision,
        'In the journal': <Id id={event.journalId} />,
        Duplicates: event.duplicates > 0 && `came ${String(event.duplicates)} more times, and was not run again`,
        'Sent by': replayId !== null && (
          <PageLink to="/replays/$replayId" params={{ replayId }} inherit>
            a replay
          </PageLink>
        ),
        Test: event.test && 'a handler was tried on it',
      }}
    />
  );
}
