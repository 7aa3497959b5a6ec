import type { EventDetailsView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';

/** The ids, times and status of an event. */
export function EventFacts({ event }: { event: EventDetailsView }) {
  const { receivedAt, finishedAt, replayId, replayOf, editedCopies, partitionKey, objectId } = event;
  return (
    <Facts
      facts={{
        Status: (
          <>
            <StatusBadge status={event.status} />
            {event.hasFailures && event.status !== 'failed' && (
              <>
                {' '}
                <StatusBadge status="has_failures" />
              </>
            )}
          </>
        ),
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
        'Journal ID': <Id id={event.journalId} />,
        Duplicates: event.duplicates > 0 && `${String(event.duplicates)} received, none run`,
        Replay: replayId !== null && (
          <PageLink to="/replays/$replayId" params={{ replayId }} inherit>
            …{replayId.slice(-8)}
          </PageLink>
        ),
        'Edited copy of': replayOf !== null && <EventLink id={replayOf} />,
        'Edited copies': editedCopies.length > 0 && <EditedCopies ids={editedCopies} />,
        Test: event.test && 'of a handler',
      }}
    />
  );
}

function EventLink({ id }: { id: string }) {
  return (
    <PageLink to="/events/$eventId" params={{ eventId: id }} inherit className="mono">
      {id}
    </PageLink>
  );
}

/** Further copies are only counted. */
const mostCopies = 3;

function EditedCopies({ ids }: { ids: readonly string[] }) {
  return (
    <>
      {ids.slice(0, mostCopies).map((id) => (
        <div key={id}>
          <EventLink id={id} />
        </div>
      ))}
      {ids.length > mostCopies && <div>and {ids.length - mostCopies} more</div>}
    </>
  );
}
