import { Skeleton, Text } from '@mantine/core';
import { EventName } from '../../components/EventName.tsx';
import { ReplayScope } from './ReplayScope.tsx';
import type { ReplayTarget } from './replay-target.ts';

interface Props {
  target: ReplayTarget;
  /** Undefined until they are counted. */
  found: { events: number; more: boolean } | undefined;
}

/** Further events are only counted. */
const mostNamed = 8;

const inWords = new Intl.NumberFormat('en');

/** The events of a replay, by name and number. */
export function ReplayTargetInWords({ target, found }: Props) {
  if (target.kind === 'events') return <NamedEvents events={target.events} />;
  if (!found) return <Skeleton height={18} />;
  if (found.events === 0) {
    return <Text size="sm">None of these events can be replayed: duplicates, tests and replays are left out.</Text>;
  }
  return (
    <Text size="sm" component="div">
      <strong>
        {found.more ? 'More than ' : ''}
        {inWords.format(found.events)} {found.events === 1 ? 'event' : 'events'}
      </strong>
      , oldest first: <ReplayScope filter={target.filter} />. Without tests, duplicates, replays and events that arrive
      from now on.
    </Text>
  );
}

function NamedEvents({ events }: { events: Extract<ReplayTarget, { kind: 'events' }>['events'] }) {
  return (
    <Text size="sm" component="div">
      {events.length > 1 && <strong>{events.length} events: </strong>}
      {events.slice(0, mostNamed).map(({ id, type, objectId }, index) => (
        <span key={id}>
          {index > 0 && '; '}
          <EventName event={type} isInline />, object {objectId}
        </span>
      ))}
      {events.length > mostNamed && `, and ${String(events.length - mostNamed)} more`}.
    </Text>
  );
}
