import { secretHeadersOf, secretMark, type Task } from '#contracts';

/**
 * A task as people see it: without its secrets, also those that are kept in plain text since before they were sealed.
 * PostgreSQL keeps the fields of JSON in an order of its own; people expect the type first.
 */
export function shownTask(task: Task): Task {
  if (task.type === 'script') return { type: task.type, path: task.path, args: task.args, mode: task.mode };
  const secretHeaders = secretHeadersOf(task);
  return {
    type: task.type,
    url: task.url,
    method: task.method,
    headers: marked(task.headers, secretHeaders),
    ...(secretHeaders.length > 0 && { secretHeaders }),
    ...(task.tls && { tls: task.tls }),
  };
}

/** Headers with `***` in the place of the values of those that are named, in lower case. */
export function marked(headers: Record<string, string>, names: readonly string[]): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    names.includes(name.toLowerCase()) ? secretMark : value,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
