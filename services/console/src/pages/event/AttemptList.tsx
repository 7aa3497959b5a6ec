import { useState } from 'react';
import type { AttemptView, EventExecutionView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { formatDuration } from '../../components/format-duration.ts';
import { reasonLabel } from '../../components/reasons.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { AttemptDetails } from './AttemptDetails.tsx';
import classes from './ExecutionList.module.css';

/** A shorter wait is not shown. */
const leastWaitMs = 500;

/** Every attempt of an execution, with the waits between them. */
export function AttemptList({ execution: { attempts, status, taskType } }: { execution: EventExecutionView }) {
  return (
    <ol className={classes.attempts} aria-label="Attempts">
      {attempts.map((attempt, index) => {
        const next = attempts[index + 1];
        const isLast = next === undefined;
        return (
          <li key={attempt.id} className={classes.attempt}>
            <Attempt attempt={attempt} taskType={taskType} beginsOpen={isLast && status !== 'succeeded'} />
            {next && <Wait attempt={attempt} next={next} />}
            {isLast && status === 'waiting' && attempt.nextAttemptAt !== null && (
              <div className={classes.wait}>
                Next attempt <Until at={attempt.nextAttemptAt} />, <Time at={attempt.nextAttemptAt} />
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface AttemptProps extends Pick<EventExecutionView, 'taskType'> {
  attempt: AttemptView;
  beginsOpen: boolean;
}

function Attempt({ attempt, taskType, beginsOpen }: AttemptProps) {
  const [isOpen, setIsOpen] = useState(beginsOpen);
  const { number, outcome, reason, startedAt, durationMs } = attempt;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <span>Attempt {number}</span>
        <StatusBadge status={outcome} />
        {reason !== null && <span title={reason}>{reasonLabel(reason)}</span>}
        <span className={classes.small}>
          <Time at={startedAt} />, <Duration ms={durationMs} />
        </span>
      </summary>
      {/* An event may have a hundred answers of 64 KiB: only those that are open are laid out. */}
      {isOpen && (
        <div className={classes.details}>
          <AttemptDetails attempt={attempt} taskType={taskType} />
        </div>
      )}
    </details>
  );
}

function Wait({ attempt, next }: { attempt: AttemptView; next: AttemptView }) {
  const ms = Date.parse(next.startedAt) - Date.parse(attempt.startedAt) - attempt.durationMs;
  return ms < leastWaitMs ? null : <div className={classes.wait}>{formatDuration(ms)} until the next attempt</div>;
}
