import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { LastOutcome } from '../handlers/LastOutcome.tsx';
import { outcomesQuery } from '../handlers/outcomes.ts';
import { SuccessRate } from '../handlers/SuccessRate.tsx';
import classes from './LastDay.module.css';

const inWords = new Intl.NumberFormat('en');

/** How the handler fared in the last day. */
export function LastDay({ handlerId }: { handlerId: string }) {
  const { data, error, refetch } = useQuery(outcomesQuery([handlerId]));
  if (error && !data) {
    return <ProblemAlert title="Failed to load the figures" problem={error} onRetry={() => void refetch()} />;
  }
  const outcomes = data?.get(handlerId);
  const amount = (of: 'succeeded' | 'failed'): ReactNode => (outcomes ? inWords.format(outcomes[of]) : '…');
  return (
    <dl className={classes.figures} aria-label="The last 24 hours" aria-busy={outcomes === undefined}>
      <Figure name="Last outcome">
        <LastOutcome outcomes={outcomes} />
      </Figure>
      <Figure name="Last 24 hours">
        <SuccessRate outcomes={outcomes} />
      </Figure>
      <Figure name="Succeeded">{amount('succeeded')}</Figure>
      <Figure name="Failed">{amount('failed')}</Figure>
    </dl>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
