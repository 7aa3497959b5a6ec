import type { HandlerView } from '#contracts/rest-api';
import { taskTypeEntry } from '../../components/task-types.tsx';
import classes from './TaskSummary.module.css';

/** What a handler does: the type of its task, and the target. */
export function TaskSummary({ task }: { task: HandlerView['task'] }) {
  const entry = taskTypeEntry(task.type);
  const target = entry.target(task);
  return (
    <span className={classes.task}>
      <span className={classes.type}>{entry.kind(task)}</span>
      <span className={classes.target} title={target}>
        {target}
      </span>
    </span>
  );
}
