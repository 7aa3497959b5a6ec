import { taskTraits, type Task } from '#contracts';

/**
 * A task as people see it. The mark stands in the place of each secret already: secrets are kept beside the task.
 * PostgreSQL keeps the fields of JSON in an order of its own; people expect the type first.
 */
export function shownTask(task: Task): Task {
  const kept = new Map<string, unknown>(Object.entries(task));
  const fields = Object.keys(taskTraits[task.type].fields).filter((field) => kept.has(field));
  return Object.fromEntries(fields.map((field) => [field, kept.get(field)])) as unknown as Task;
}
