import type { FailureView } from '#contracts/rest-api';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import classes from './FailureTable.module.css';

type Settled = Pick<FailureView, 'state' | 'settledAs' | 'settledAt' | 'settledBy' | 'assignee' | 'note'>;

const settledWords: Readonly<Record<NonNullable<FailureView['settledAs']>, string>> = {
  succeeded: 'Succeeded later',
  done_by_hand: 'Done by hand',
  ignored: 'Ignored',
};

/** Whether a failure is open or how it was settled, who works on it, and the note. */
export function FailureState({ failure }: { failure: Settled }) {
  const { state, settledAs, settledAt, settledBy, assignee, note } = failure;
  return (
    <div className={classes.event}>
      <StatusBadge status={state} />
      <div className={classes.list}>
        {settledAs !== null && (
          <span>
            {settledWords[settledAs]}
            {settledBy !== null && ` by ${settledBy}`}, <Time at={settledAt} />
          </span>
        )}
        {assignee !== null && <span>Assigned to {assignee}</span>}
        {note !== null && (
          <span className={classes.message} title={note}>
            Note: {note}
          </span>
        )}
      </div>
    </div>
  );
}
