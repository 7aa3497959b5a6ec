import { isSigningSlot, type Task } from '#contracts';
import { taskFaults } from '#templates';
import { InvalidInput } from '../../domain-error.ts';
import type { TaskInput } from '../dto/task.dto.ts';
import type { Keeping, Kept } from '../secrets/kept-secrets.ts';
import { taskTypeEntry } from './task-types.ts';

/**
 * A task as it is kept, whole and without its secrets, and these sealed. `***` for a secret means the one that is kept;
 * it stays with the origin that it was given for.
 *
 * @throws {InvalidInput} Naming each secret that cannot be kept, and each that is not there to be.
 */
export function keptTask(input: TaskInput, keeping: Keeping): Kept {
  const entry = taskTypeEntry(input.type);
  const stored = entry.stored?.(input, keeping) ?? { task: entry.task(input), sealed: {}, faults: [] };
  const { task, sealed, faults: ofType } = stored;
  const faults = [...ofType, ...taskFaults(asGiven(task, input))];
  if (faults.length > 0) throw new InvalidInput(faults);
  const signing = Object.entries(keeping.current?.secrets ?? {}).filter(([slot]) => isSigningSlot(slot));
  return { task, secrets: { ...Object.fromEntries(signing), ...sealed } };
}

/** With the values of its secret headers, which may have placeholders as well. */
function asGiven(task: Task, input: TaskInput): Task {
  return task.type === 'http' && input.type === 'http' ? { ...task, headers: input.headers ?? {} } : task;
}
