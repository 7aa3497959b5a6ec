import { eventType, lastingKinds, noticesOf, type FieldError } from '#contracts';
import type { HandlerFields } from '#contracts';
import { taskTypeEntry } from '../tasks/task-types.ts';
import { conditionWarning } from './condition-warning.ts';
import { templateWarning } from './template-warning.ts';
import type { WarningSituation } from './warning-situation.ts';

/** Finds one kind of thing that is valid, but likely a mistake. */
type WarningKind = (handler: HandlerFields, situation: WarningSituation) => FieldError[];

/** Every kind of warning, in the order in which they are shown. */
const kinds: readonly WarningKind[] = [taskIsLikelyWrong, conditionFails, templateFails, neverLasts];

/** What is likely wrong with a handler. Nothing of one that is archived: it does not run. */
export function warningsOf(handler: HandlerFields, situation: WarningSituation): FieldError[] {
  if (handler.status === 'archived') return [];
  return kinds.flatMap((kind) => kind(handler, situation));
}

function taskIsLikelyWrong({ task }: HandlerFields, situation: WarningSituation): FieldError[] {
  return taskTypeEntry(task.type).warnings?.(task, situation) ?? [];
}

function conditionFails({ condition, event }: HandlerFields): FieldError[] {
  const type = eventType(event);
  const message = condition === null || !type ? undefined : conditionWarning(condition, type);
  return message === undefined ? [] : [{ field: 'condition', message }];
}

function templateFails({ task, event }: HandlerFields): FieldError[] {
  const type = eventType(event);
  const warning = type && templateWarning(task, type);
  return warning ? [warning] : [];
}

function neverLasts({ lasting, event }: HandlerFields): FieldError[] {
  const types: string[] = lastingKinds.flatMap((kind) => Object.values(noticesOf[kind]));
  if (lasting === null || types.includes(event)) return [];
  return [
    { field: 'lasting', message: `the handler never runs: only ${types.join(', ')} can wait for a trouble to last` },
  ];
}
