import type { ReplayView } from '#contracts/rest-api';
import classes from './ReplayProgress.module.css';

const inWords = new Intl.NumberFormat('en');

/** How far a replay is: a bar of what its events have come to, and the numbers. */
export function ReplayProgress({ replay }: { replay: ReplayView }) {
  const { total, published, succeeded, failed, waiting, status } = replay;
  if (total === null)
    return <span className={classes.numbers}>{status === 'cancelled' ? 'Not started' : 'Not started yet'}</span>;
  const running = Math.max(0, published - succeeded - failed - waiting);
  const parts = { succeeded, failed, waiting, running };
  return (
    <div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label="Finished events"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={succeeded + failed}
      >
        {Object.entries(parts).map(([part, count]) => (
          <span key={part} data-part={part} style={{ width: total === 0 ? 0 : `${String((100 * count) / total)}%` }} />
        ))}
      </div>
      <div className={classes.numbers}>
        <span>
          {inWords.format(succeeded + failed)} of {inWords.format(total)} done
        </span>
        {failed > 0 && <span>{inWords.format(failed)} failed</span>}
        {waiting > 0 && <span>{inWords.format(waiting)} waiting</span>}
        {running > 0 && <span>{inWords.format(running)} running</span>}
        {published < total && <span>{inWords.format(total - published)} not sent</span>}
      </div>
    </div>
  );
}
