import type { OperationView } from '#contracts/rest-api';
import { counted, formatNumber } from '../../components/format-number.ts';
import classes from '../replays/ReplayProgress.module.css';
import { unitOf } from './operation-words.ts';

/** The progress of an operation: a bar of its results, and the numbers. */
export function OperationProgress({ operation }: { operation: OperationView }) {
  const { kind, total, done, succeeded, failed, status } = operation;
  if (total === null)
    return <span className={classes.numbers}>{status === 'cancelled' ? 'Not started' : 'Not started yet'}</span>;
  const unneeded = Math.max(0, done - succeeded - failed);
  const parts = { succeeded, failed, unneeded };
  return (
    <div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={`Finished ${unitOf(kind)}s`}
        aria-valuemin={0}
        // A bar of nothing would have no range.
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={total === 0 ? 1 : done}
        aria-valuetext={`${formatNumber(done)} of ${counted(total, unitOf(kind))}`}
      >
        {Object.entries(parts).map(([part, count]) => (
          <span key={part} data-part={part} style={{ width: total === 0 ? 0 : `${String((100 * count) / total)}%` }} />
        ))}
      </div>
      <div className={classes.numbers}>
        <span>
          {formatNumber(done)} of {counted(total, unitOf(kind))}
        </span>
        <span>{formatNumber(succeeded)} succeeded</span>
        <span>{formatNumber(failed)} failed</span>
        {unneeded > 0 && <span>{formatNumber(unneeded)} had nothing left to do</span>}
      </div>
    </div>
  );
}
