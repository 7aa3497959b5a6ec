import type { ReplayFilterView } from '#contracts/rest-api';
import { EventName } from '../../components/EventName.tsx';
import { Time } from '../../components/Time.tsx';

/** In words, which events a filter finds. */
export function ReplayScope({
  filter: { type, status, hasFailures, objectId, partitionKey, from, to },
}: {
  filter: ReplayFilterView;
}) {
  return (
    <>
      {status ? `${status.join(' or ')} events` : 'all events'}
      {type !== undefined && (
        <>
          {' of '}
          <EventName event={type} isInline />
        </>
      )}
      {hasFailures && ' with a failed handler'}
      {objectId !== undefined && (
        <>
          {', object '}
          <span className="mono">{objectId}</span>
        </>
      )}
      {partitionKey !== undefined && (
        <>
          {', key '}
          <span className="mono">{partitionKey}</span>
        </>
      )}
      {from !== undefined && (
        <>
          {', from '}
          <Time at={from} />
        </>
      )}
      {to !== undefined && (
        <>
          {', before '}
          <Time at={to} />
        </>
      )}
    </>
  );
}
