import { secretHeadersOf, taskDefaults, type FieldError, type Task, type Tasks, type TaskType } from '#contracts';
import { taskFaults } from '#templates';
import { InvalidInput } from '../../domain-error.ts';
import { answerFaults } from '../answers/answer-faults.ts';
import type { TaskInput, TaskInputs } from '../dto/task.dto.ts';
import type { DraftHandlerInput } from './draft-input.dto.ts';

const tasks: { readonly [T in TaskType]: (input: TaskInputs[T]) => Tasks[T] } = {
  script: ({ path, args = [], mode = taskDefaults.script.mode }) => ({ type: 'script', path, args, mode }),
  http: (input) => {
    const {
      method = taskDefaults.http.method,
      headers = {},
      secretHeaders = [],
      body = null,
      contentType,
      url,
      target,
      path,
    } = input;
    const secret = secretHeadersOf({ headers, secretHeaders });
    const own = { body, ...(contentType !== undefined && { contentType }) };
    const address = {
      ...(url !== undefined && { url }),
      ...(target !== undefined && { target: target.toLowerCase() }),
      ...(path !== undefined && { path }),
    };
    return { type: 'http', ...address, method, headers, ...own, ...(secret.length > 0 && { secretHeaders: secret }) };
  },
  email: ({ to, cc = [], subject, text }) => ({ type: 'email', to, cc, subject, text }),
};

/**
 * The task of a handler that is not kept, nor need be.
 *
 * @throws {InvalidInput} Naming what is wrong with its templates, and with what it keeps.
 */
export function draftTask({ task: input, keep }: DraftHandlerInput): Task {
  const task = (tasks[input.type] as (input: TaskInput) => Task)(input);
  const faults: FieldError[] = [...taskFaults(task), ...answerFaults({ keep })];
  if (faults.length === 0) return task;
  throw new InvalidInput(faults.map(({ field, message }) => ({ field: `handler.${field}`, message })));
}
