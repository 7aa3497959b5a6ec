import type { FieldError, Task } from '#contracts';
import { taskFaults } from '#templates';
import { InvalidInput } from '../../domain-error.ts';
import { answerFaults } from '../answers/answer-faults.ts';
import { taskTypeEntry } from '../tasks/task-types.ts';
import type { DraftHandlerInput } from './draft-input.dto.ts';

/**
 * The task of a handler that is not kept, nor need be.
 *
 * @throws {InvalidInput} Naming what is wrong with its templates, and with what it keeps.
 */
export function draftTask({ task: input, keep }: DraftHandlerInput): Task {
  const task = taskTypeEntry(input.type).task(input);
  const faults: FieldError[] = [...taskFaults(task), ...answerFaults({ keep })];
  if (faults.length === 0) return task;
  throw new InvalidInput(faults.map(({ field, message }) => ({ field: `handler.${field}`, message })));
}
