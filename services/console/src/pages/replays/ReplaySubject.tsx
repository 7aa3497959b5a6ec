import type { ReplayView } from '#contracts/rest-api';
import { ReplayScope } from './ReplayScope.tsx';

/** What a replay is about, in words. */
export function ReplaySubject({ replay: { eventId, filter } }: { replay: ReplayView }) {
  if (eventId === null) return <ReplayScope filter={filter} />;
  return (
    <>
      one event, <span className="mono">{eventId}</span>
    </>
  );
}
