import { Fragment } from 'react';
import type { HoldPeriodView } from '#contracts/rest-api';
import { counted } from '../../components/format-number.ts';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import classes from './HoldLines.module.css';

/** What is held and what comes, a line for each; nothing without any. */
export function HoldLines({ holds }: { holds: readonly HoldPeriodView[] }) {
  if (holds.length === 0) return null;
  return (
    <section className={classes.holds} aria-label="Holds">
      <h2>Holds</h2>
      <ul>
        {holds.map((hold) => (
          <HoldLine key={`${hold.subject.id} ${hold.state}`} hold={hold} />
        ))}
      </ul>
    </section>
  );
}

function HoldLine({ hold: { subject, state, from, until, reason, waiting } }: { hold: HoldPeriodView }) {
  const { type, id, name } = subject;
  return (
    <li>
      <StatusBadge status={state} />
      {type === 'handler' ? (
        <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit>
          {name}
        </PageLink>
      ) : (
        <PageLink to="/targets/$targetId" params={{ targetId: id }} inherit>
          {name}
        </PageLink>
      )}
      <span className={classes.words}>
        {state === 'coming' && (
          <Fragment>
            from <Time at={from} />{' '}
          </Fragment>
        )}
        {until === null ? (
          'until it is released'
        ) : (
          <Fragment>
            until <Time at={until} />
          </Fragment>
        )}
        {reason !== null && `: ${reason}`}
        {waiting.events > 0 && `. ${counted(waiting.events, 'event')} of ${counted(waiting.keys, 'key')} wait`}
      </span>
    </li>
  );
}
