import { taskTraits } from '#contracts';
import type { EventExecutionView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { AttemptList } from './AttemptList.tsx';
import classes from './ExecutionList.module.css';

interface Props {
  label: string;
  executions: readonly EventExecutionView[];
}

/** The chain in words, in the order of its plan, with every attempt. */
export function ExecutionList({ label, executions }: Props) {
  return (
    <ol className={classes.list} aria-label={label}>
      {executions.map((execution) => (
        <li key={execution.id} className={classes.execution}>
          <Head execution={execution} />
          {execution.attempts.length > 0 && <AttemptList execution={execution} />}
        </li>
      ))}
    </ol>
  );
}

const skipWords: Readonly<Record<NonNullable<EventExecutionView['skipReason']>, string>> = {
  earlier_failed: 'A handler before it failed, and stops those behind it.',
  condition_unmet: 'Its condition is false for this event.',
  handler_disabled: 'It was disabled while the event waited.',
};

function Head({ execution }: { execution: EventExecutionView }) {
  const { handlerId, handlerName, taskType, position, priority, skipReason, status, durationMs, attempts } = execution;
  return (
    <div className={classes.head}>
      <span className={classes.position}>{position}</span>
      <PageLink to="/handlers/$handlerId" params={{ handlerId }} inherit fw={550} c="var(--accent-text)">
        {handlerName ?? handlerId}
      </PageLink>
      <StatusBadge status={status} />
      <span className={classes.small}>
        {taskType !== null && taskTraits[taskType].label}
        {priority !== null && `, priority ${String(priority)}`}
      </span>
      {attempts.length > 0 && (
        <span className={classes.small}>
          {attempts.length === 1 ? '1 attempt' : `${String(attempts.length)} attempts`}, <Duration ms={durationMs} />
        </span>
      )}
      {skipReason !== null && attempts.length === 0 && <span className={classes.small}>{skipWords[skipReason]}</span>}
    </div>
  );
}
