import { getSchemaPath, type ApiPropertyOptions } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { isJsonObject, scriptWarnings, taskTraits, taskTypes, type TaskType } from '#contracts';
import { EmailTaskInput, HttpTaskInput, ScriptTaskInput, UnknownTaskInput } from '../dto/task.dto.ts';
import { EmailTaskView, HttpTaskView, ScriptTaskView } from '../dto/task-view.dto.ts';
import { eventText, httpRequest } from '../preview/shown-request.ts';
import { isFlag, isList, isText, isTexts, isWhole, orNull } from './answer-checks.ts';
import { givenHttp, storedHttp } from './stored-http.ts';
import type { TaskTypeEntry } from './task-type.ts';

/** What the registry does with each type of task. */
const entries: { readonly [T in TaskType]: TaskTypeEntry<T> } = {
  script: {
    input: ScriptTaskInput,
    view: ScriptTaskView,
    task: ({ path, args = [], mode = taskTraits.script.defaults.mode }) => ({ type: 'script', path, args, mode }),
    warnings: ({ path }, { scripts }) =>
      scriptWarnings(path, scripts).map((message) => ({ field: 'task.path', message })),
    request: ({ task: { path, args } }, of) => ({ script: { path, args: [...args], input: eventText(of) } }),
    answer: { exitCode: orNull(isWhole), signal: orNull(isText), stdout: isText, stderr: isText, truncated: isFlag },
    summary({ exitCode, signal, stdout, stderr }, shown) {
      const end = signal === null ? `exit ${exitCode ?? '?'}` : `signal ${signal}`;
      const [first, other] = exitCode === 0 ? [stdout, stderr] : [stderr, stdout];
      return `${end} ${shown(first.trim() === '' ? other : first)}`;
    },
  },
  http: {
    input: HttpTaskInput,
    view: HttpTaskView,
    task: givenHttp,
    stored: storedHttp,
    request: httpRequest,
    answer: { status: isWhole, headers: isTexts, body: isText, truncated: isFlag },
    summary: ({ status, body }, shown) => `${status} ${shown(body)}`,
  },
  email: {
    input: EmailTaskInput,
    view: EmailTaskView,
    task: ({ to, cc = [], subject, text }) => ({ type: 'email', to, cc, subject, text }),
    request: ({ task: { to, cc, subject, text } }) => ({ email: { to: [...to], cc: [...cc], subject, text } }),
    answer: { code: orNull(isWhole), response: isText, accepted: isList, rejected: isList, messageId: isText },
    summary: ({ response }, shown) => shown(response),
  },
};

/** The entry of a type; the task that it is asked about is one of that type. */
export function taskTypeEntry(type: TaskType): TaskTypeEntry {
  return entries[type];
}

/** Makes of a task the class that its `type` asks for, so that it is checked as such. */
export function toTaskInput(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const type = taskTypes.find((each) => each === value['type']);
  if (type === undefined) return Object.assign(new UnknownTaskInput(), { type: value['type'] });
  return plainToInstance(entries[type].input as TaskTypeEntry['input'], value);
}

/** The classes of all types, as requests have them or as answers do. */
export function taskClasses(kind: 'input' | 'view'): TaskTypeEntry['input' | 'view'][] {
  return taskTypes.map((type) => entries[type][kind]);
}

/** What OpenAPI says of a task: one of the classes, by its `type`. */
export function anyTask(kind: 'input' | 'view'): ApiPropertyOptions {
  const paths = taskTypes.map((type) => [type, getSchemaPath(entries[type][kind])] as const);
  return {
    oneOf: paths.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'type', mapping: Object.fromEntries(paths) },
  };
}
