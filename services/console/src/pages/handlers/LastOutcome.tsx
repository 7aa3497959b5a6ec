import type { HandlerOutcomesView } from '#contracts/rest-api';
import { attemptReason, reasonLabel } from '../../components/reasons.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Until } from '../../components/Until.tsx';
import classes from './LastOutcome.module.css';

/** How the latest attempt of a handler ended, and when. */
export function LastOutcome({ outcomes }: { outcomes: HandlerOutcomesView | undefined }) {
  if (!outcomes) return <span aria-label="loading">…</span>;
  const { last } = outcomes;
  if (!last) return <span aria-label="none">–</span>;
  return (
    <span className={classes.last} title={attemptReason(last.reason)?.meaning}>
      <StatusBadge status={last.status} />
      <span className={classes.more}>{last.reason === null ? <Until at={last.at} /> : reasonLabel(last.reason)}</span>
    </span>
  );
}
