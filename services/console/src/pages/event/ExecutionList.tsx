import { taskTraits } from '#contracts';
import type { EventExecutionView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { Facts } from '../../components/Facts.tsx';
import { PageLink } from '../../components/links.ts';
import { skipReasons } from '../../components/reasons.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { AttemptList } from './AttemptList.tsx';
import classes from './ExecutionList.module.css';

interface Props {
  label: string;
  executions: readonly EventExecutionView[];
}

/** The executions in the order of the plan, with every attempt. */
export function ExecutionList({ label, executions }: Props) {
  return (
    <ol className={classes.list} aria-label={label}>
      {executions.map((execution) => (
        <li key={execution.id} className={classes.execution}>
          <Head execution={execution} />
          {execution.attempts.length > 0 && <AttemptList execution={execution} />}
          {execution.kept && <KeptValues kept={execution.kept} />}
        </li>
      ))}
    </ol>
  );
}

/** What later handlers of the event can read of the answer. */
function KeptValues({ kept }: { kept: Readonly<Record<string, unknown>> }) {
  return (
    <Facts
      facts={Object.fromEntries(
        Object.entries(kept).map(([name, value]) => [
          `Kept ${name}`,
          <span className="mono">{JSON.stringify(value)}</span>,
        ]),
      )}
    />
  );
}

function Head({ execution }: { execution: EventExecutionView }) {
  const { handlerId, handlerName, taskType, position, priority, skipReason, status, durationMs, attempts } = execution;
  return (
    <div className={classes.head}>
      <span className={classes.position}>{position}</span>
      <PageLink
        to="/handlers/$handlerId"
        params={{ handlerId }}
        inherit
        fw={550}
        c="var(--accent-text)"
        title={handlerName ?? handlerId}
        lineClamp={1}
      >
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
      {skipReason !== null && attempts.length === 0 && <span className={classes.small}>{skipReasons[skipReason]}</span>}
    </div>
  );
}
