import type { ReactNode } from 'react';
import type { CatalogView } from '#contracts/rest-api';
import { Time } from '../../components/Time.tsx';
import { behindIn } from './executors.ts';
import { revisionInWords } from './revision-words.ts';
import classes from './RevisionState.module.css';

interface Props {
  catalog: CatalogView;
  /** When the user requested a reload. */
  askedAt: Date | undefined;
}

/** Whether all executors run the latest revision; those that are behind are named. */
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
        Latest revision since <Time at={changedAt} />.
      </More>
      {behind.map(({ id, host, revision, revisionAt }) => (
        <More key={id}>
          {host} …{id.slice(-8)} runs revision {revision} since <Time at={revisionAt} />.
        </More>
      ))}
      {askedAt && (
        <More>
          Reload requested at <Time at={askedAt.toISOString()} />.{' '}
          {behind.length > 0 ? 'Waiting for the executors that are behind.' : 'All executors are up to date.'}
        </More>
      )}
    </div>
  );
}

function More({ children }: { children: ReactNode }) {
  return <div className={classes.more}>{children}</div>;
}
