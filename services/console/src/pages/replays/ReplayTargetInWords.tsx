import { Skeleton, Text } from '@mantine/core';
import { EventName } from '../../components/EventName.tsx';
import { ReplayScope } from './ReplayScope.tsx';
import type { ReplayTarget } from './replay-target.ts';

interface Props {
  target: ReplayTarget;
  /** Undefined until they are counted. */
  found: { events: number; more: boolean } | undefined;
}

/** So many are named one by one. */
const mostNamed = 8;

const inWords = new Intl.NumberFormat('en');

/** What is about to be handled once more, by name and number. */
export function ReplayTargetInWords({ target, found }: Props) {
  if (target.kind === 'events') return <NamedEvents events={target.events} />;
  if (!found) return <Skeleton height={18} />;
  if (found.events === 0) {
    return (
      <Text size="sm">
        Nothing of what the list shows can be replayed: only events that came from billing and were run are.
      </Text>
    );
  }
  return (
    <Text size="sm" component="div">
      <strong>
        {found.more ? 'More than ' : ''}
        {inWords.format(found.events)} {found.events === 1 ? 'event' : 'events'}
      </strong>
      , the oldest first: <ReplayScope filter={target.filter} />. What comes from now on is not part of it, nor are
      tests, duplicates, and what replays have sent.
    </Text>
  );
}

function NamedEvents({ events }: { events: Extract<ReplayTarget, { kind: 'events' }>['events'] }) {
  return (
    <Text size="sm" component="div">
      {events.length > 1 && <strong>{events.length} events: </strong>}
      {events.slice(0, mostNamed).map(({ id, type, objectId }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <EventName event={type} isInline /> of {objectId}
        </span>
      ))}
      {events.length > mostNamed && `, and ${String(events.length - mostNamed)} more`}.
    </Text>
  );
}
