import { isJsonObject, taskTypes } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';
import type { Check } from '../tasks/answer-checks.ts';
import { taskTypeEntry } from '../tasks/task-types.ts';

const shape = `must be an object with one of ${taskTypes.join(', ')}`;

/** What the other side answered, as the journal shows it, of one type of task. */
export function IsAttemptResponse(): PropertyDecorator {
  return customRule({ name: 'attemptResponse', fault });
}

function fault(value: unknown): string | undefined {
  if (!isJsonObject(value)) return shape;
  const [[type, answer] = ['', undefined], ...others] = Object.entries(value);
  const known = taskTypes.find((each) => each === type);
  if (known === undefined || others.length > 0 || !isJsonObject(answer)) return shape;
  const checks = taskTypeEntry(known).answer;
  for (const [field, check] of Object.entries<Check>(checks)) {
    if (!check(answer[field])) return `must have ${known}.${field} as the journal shows it`;
  }
  const unknown = Object.keys(answer).find((field) => !Object.hasOwn(checks, field));
  return unknown === undefined ? undefined : `must not have ${known}.${unknown.slice(0, 64).toWellFormed()}`;
}
