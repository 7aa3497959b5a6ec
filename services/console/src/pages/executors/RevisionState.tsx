import type { ReactNode } from 'react';
import type { CatalogView } from '#contracts/rest-api';
import { Time } from '../../components/Time.tsx';
import { behindIn } from './executors.ts';
import { revisionInWords } from './revision-words.ts';
import classes from './RevisionState.module.css';

interface Props {
  catalog: CatalogView;
  /** When somebody asked here for a reload. */
  askedAt: Date | undefined;
}

/** Whether what was changed is in force everywhere; who lags is named, with what they run and since when. */
export function RevisionState({ catalog, askedAt }: Props) {
  const { changedAt, executors } = catalog;
  const behind = behindIn(catalog);
  const tone = executors.length === 0 ? 'bad' : behind.length > 0 ? 'warn' : 'good';
  return (
    <div className={classes.state} data-tone={tone}>
      <div className={classes.words} role="status">
        {revisionInWords(catalog)}
      </div>
      <More>
        It is the newest since <Time at={changedAt} />.
      </More>
      {behind.map(({ id, host, revision, revisionAt }) => (
        <More key={id}>
          {host} …{id.slice(-8)} runs revision {revision} since <Time at={revisionAt} />.
        </More>
      ))}
      {askedAt && (
        <More>
          Asked to reload at <Time at={askedAt.toISOString()} />;{' '}
          {behind.length > 0 ? 'waiting for those that are behind.' : 'RabbitMQ has taken it, and nobody is behind.'}
        </More>
      )}
    </div>
  );
}

function More({ children }: { children: ReactNode }) {
  return <div className={classes.more}>{children}</div>;
}
