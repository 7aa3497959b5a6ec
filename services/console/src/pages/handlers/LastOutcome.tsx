import type { HandlerOutcomesView } from '#contracts/rest-api';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import classes from './LastOutcome.module.css';

/** How the latest attempt of a handler ended, and when. */
export function LastOutcome({ outcomes }: { outcomes: HandlerOutcomesView | undefined }) {
  if (!outcomes) return <span aria-label="not known yet">…</span>;
  const { last } = outcomes;
  if (!last) return <span aria-label="none">–</span>;
  return (
    <span className={classes.last}>
      <StatusBadge status={last.status} />
      <span className={classes.more}>{last.reason ?? <Time at={last.at} />}</span>
    </span>
  );
}
