import type { HandlerView } from '../../api/generated/schema.d.ts';
import classes from './TaskSummary.module.css';

/** What a handler does: the type of its task, and the target. */
export function TaskSummary({ task }: { task: HandlerView['task'] }) {
  const isHttp = task.type === 'http';
  const target = isHttp ? task.url : [task.path, ...task.args].join(' ');
  return (
    <span className={classes.task}>
      <span className={classes.type}>
        {isHttp ? `HTTP ${task.method}` : `Script${task.mode === 'persistent' ? ', stays up' : ''}`}
      </span>
      <span className={classes.target} title={target}>
        {target}
      </span>
    </span>
  );
}
