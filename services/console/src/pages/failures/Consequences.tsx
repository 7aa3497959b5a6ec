import type { FailureView } from '#contracts/rest-api';
import { counted, formatNumber } from '../../components/format-number.ts';
import { PageLink } from '../../components/links.ts';
import classes from './FailureTable.module.css';

type Failed = Pick<FailureView, 'skipped' | 'laterEvents' | 'partitionKey' | 'failedAt'>;

/** Further names are only counted. */
const mostNamed = 3;

/** The effects of a failure: handlers that were skipped, and later events of the key that ran on top of it. */
export function Consequences({ failure: { skipped, laterEvents, partitionKey, failedAt } }: { failure: Failed }) {
  if (skipped.length === 0 && laterEvents === 0) return null;
  return (
    <div className={classes.list}>
      {skipped.length > 0 && (
        <div>
          Skipped:{' '}
          {skipped
            .slice(0, mostNamed)
            .map(({ handlerName, handlerId }) => handlerName ?? handlerId)
            .join(', ')}
          {skipped.length > mostNamed && ` and ${String(skipped.length - mostNamed)} more`}
        </div>
      )}
      {laterEvents > 0 && (
        <PageLink to="/events" search={{ partitionKey, from: failedAt }} inherit>
          {laterInWords(laterEvents)} of the key ran since
        </PageLink>
      )}
    </div>
  );
}

/** The registry counts no further. */
const mostCounted = 1_000;

function laterInWords(count: number): string {
  return count < mostCounted ? counted(count, 'later event') : `${formatNumber(mostCounted)} or more later events`;
}
