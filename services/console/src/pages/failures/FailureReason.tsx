import type { FailureView } from '#contracts/rest-api';
import { reachedInWords } from '../../components/reached.ts';
import { attemptReason, reasonLabel } from '../../components/reasons.ts';
import classes from './FailureTable.module.css';

type Failed = Pick<FailureView, 'reason' | 'message' | 'reached' | 'taskType'>;

/** The reason of a failure in words, and whether the call reached the target. */
export function FailureReason({ failure: { reason, message, reached, taskType } }: { failure: Failed }) {
  return (
    <>
      <div title={attemptReason(reason)?.meaning}>{reasonLabel(reason)}</div>
      {message !== '' && (
        <div className={`${classes.small} ${classes.message}`} title={message}>
          {message}
        </div>
      )}
      <div className={classes.small}>{reachedInWords(reached, taskType)}</div>
    </>
  );
}
