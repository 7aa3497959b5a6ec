import { isJsonObject, maxKeptResponseBytes, taskTypes, type Answers, type TaskType } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';

type Check = (value: unknown) => boolean;

// More than the journal keeps, since what stands in place of redacted values may be longer than they are.
const isText: Check = (value) => typeof value === 'string' && value.length <= 2 * maxKeptResponseBytes;
const isWhole: Check = (value) => Number.isInteger(value) && Math.abs(value as number) <= 1_000_000;
const isFlag: Check = (value) => typeof value === 'boolean';
const isTexts: Check = (value) => isJsonObject(value) && Object.values(value).every(isText);
const isList: Check = (value) => Array.isArray(value) && value.length <= 1_000 && value.every(isText);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const checks: { readonly [T in TaskType]: { readonly [Field in keyof Answers[T]]: Check } } = {
  script: { exitCode: orNull(isWhole), signal: orNull(isText), stdout: isText, stderr: isText, truncated: isFlag },
  http: { status: isWhole, headers: isTexts, body: isText, truncated: isFlag },
  email: {
    code: orNull(isWhole),
    response: isText,
    accepted: isList,
    rejected: isList,
    messageId: isText,
  },
};

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
  for (const [field, check] of Object.entries<Check>(checks[known])) {
    if (!check(answer[field])) return `must have ${known}.${field} as the journal shows it`;
  }
  const unknown = Object.keys(answer).find((field) => !Object.hasOwn(checks[known], field));
  return unknown === undefined ? undefined : `must not have ${known}.${unknown.slice(0, 64).toWellFormed()}`;
}
