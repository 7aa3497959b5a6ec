import type { HandlerView } from '#contracts/rest-api';
import { taskTypeEntry } from '../../components/task-types.tsx';
import { isEnd, whenOf } from './trouble-words.ts';

/** A handler of notices in plain words. */
export function ruleInWords({ event, task, condition, lasting }: HandlerView): string {
  const entry = taskTypeEntry(task.type);
  const verb = task.type === 'http' ? 'call' : task.type === 'email' ? 'mail' : 'run';
  const narrowed = condition === null ? '' : ' and its condition holds';
  const type = event as Parameters<typeof whenOf>[0];
  const time = lasting === null ? '' : isEnd(type) ? `, after ${lasting} or more` : ` for ${lasting}`;
  return `When ${whenOf(type)}${time}${narrowed}, ${verb} ${entry.subject(task, undefined)}`;
}
