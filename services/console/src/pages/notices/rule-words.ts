import type { HandlerView } from '#contracts/rest-api';
import { taskTypeEntry } from '../../components/task-types.tsx';
import { whenOf } from './trouble-words.ts';

/** A handler of notices in plain words. */
export function ruleInWords({ event, task, condition }: HandlerView): string {
  const entry = taskTypeEntry(task.type);
  const verb = task.type === 'http' ? 'call' : task.type === 'email' ? 'mail' : 'run';
  const narrowed = condition === null ? '' : ' and its condition holds';
  return `When ${whenOf(event as Parameters<typeof whenOf>[0])}${narrowed}, ${verb} ${entry.subject(task, undefined)}`;
}
