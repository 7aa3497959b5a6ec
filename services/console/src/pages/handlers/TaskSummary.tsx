import type { HandlerView } from '#contracts/rest-api';
import { useTargetName } from '../../api/target-names.ts';
import { taskTypeEntry } from '../../components/task-types.tsx';
import classes from './TaskSummary.module.css';

/**
 * The task of a handler on one line: its type and its target. Where room is short, the host of a URL is cut before its
 * path.
 */
export function TaskSummary({ task }: { task: HandlerView['task'] }) {
  const entry = taskTypeEntry(task.type);
  const targetName = useTargetName(task.type === 'http' ? task.target : undefined);
  const [cut, kept] = entry.parts(task, targetName);
  return (
    <span className={classes.task} title={entry.target(task, targetName)}>
      <span className={classes.type}>{entry.kind(task)}</span>
      <span className={classes.target}>
        {cut !== '' && <span className={classes.cut}>{cut}</span>}
        <span className={classes.kept}>{kept}</span>
      </span>
    </span>
  );
}
