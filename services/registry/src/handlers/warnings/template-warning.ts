import { eventVariables } from '#conditions';
import type { EventType, FieldError, Task } from '#contracts';
import { shapeOf } from '#templates';
import { advice, needsResults, sampleOf } from './sample-advice.ts';

/**
 * Makes the request of a task for the sample of its event type. One that cannot be made for it cannot be made for most
 * events. The task is saved nevertheless, because the sample may lack what real events have.
 *
 * @returns The first field that fails, with a sentence for the administrator; undefined if the request can be made.
 */
export function templateWarning(task: Task, type: EventType): FieldError | undefined {
  const rendered = shapeOf(task)?.render(eventVariables(sampleOf(type), []));
  if (!rendered || !('message' in rendered) || needsResults(rendered.missing)) return undefined;
  const { field, message, missing } = rendered;
  const text = `For the sample of ${type.id}, this cannot be made: ${message}. ${advice(type, missing)}`;
  return { field, message: text };
}
