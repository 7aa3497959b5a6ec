import { Fragment, type ReactNode } from 'react';
import type { OperationView } from '#contracts/rest-api';
import { EventName } from '../../components/EventName.tsx';
import { counted } from '../../components/format-number.ts';
import { HandlerLink } from '../../components/HandlerLink.tsx';
import { PageLink } from '../../components/links.ts';
import { reachedLabels } from '../../components/reached.ts';
import { waitReasonLabel } from '../../components/reasons.ts';
import { Time } from '../../components/Time.tsx';
import { ReplayScope } from '../replays/ReplayScope.tsx';

type Subject = Pick<OperationView, 'kind' | 'eventId' | 'listed' | 'filter'>;

/** The events, failures or keys of an operation in words. */
export function OperationSubject({ operation: { kind, eventId, listed, filter } }: { operation: Subject }) {
  if (eventId !== null) {
    return (
      <>
        event{' '}
        <PageLink to="/events/$eventId" params={{ eventId }} inherit className="mono">
          {eventId}
        </PageLink>
      </>
    );
  }
  if (listed !== null) return <>{counted(listed, 'selected failure')}</>;
  if (kind === 'replay') return <ReplayScope filter={filter} />;
  const parts = partsOf(filter);
  return (
    <>
      {kind === 'resume' ? 'all open failures' : 'all waiting keys'}
      {parts.map((part, index) => (
        <Fragment key={index}>, {part}</Fragment>
      ))}
    </>
  );
}

const mostKeys = 3;

function partsOf(filter: OperationView['filter']): ReactNode[] {
  const { handlerId, event, reason, reached, objectId, partitionKey, assignee, from, to } = filter;
  const { waitingLongerThan, partitionKeys } = filter;
  return [
    handlerId !== undefined && (
      <>
        handler <HandlerLink id={handlerId} underline="always" />
      </>
    ),
    event !== undefined && <EventName event={event} isInline />,
    reason !== undefined && <>reason {waitReasonLabel(reason)}</>,
    reached !== undefined && <>calls: {reachedLabels[reached].toLowerCase()}</>,
    objectId !== undefined && <>object {objectId}</>,
    partitionKey !== undefined && <>key {partitionKey}</>,
    partitionKeys !== undefined && <>{keysInWords(partitionKeys)}</>,
    assignee !== undefined && <>assigned to {assignee}</>,
    waitingLongerThan !== undefined && <>waiting longer than {waitingLongerThan}</>,
    from !== undefined && (
      <>
        from <Time at={from} />
      </>
    ),
    to !== undefined && (
      <>
        before <Time at={to} />
      </>
    ),
  ].filter((part) => part !== false);
}

function keysInWords(keys: readonly string[]): string {
  if (keys.length > mostKeys) return counted(keys.length, 'selected key');
  return `${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}`;
}
