/** What every change of a handler changes, and nobody asks about. */
const bookkeeping = new Set(['version', 'updatedAt', 'createdAt', 'id']);

/**
 * The names of the fields in which two versions of a handler differ, in the order of the later one. Fields of the task, and of the
 * retries, are named one by one: `task.url`.
 */
export function differingFields(before: object, after: object): string[] {
  return differences(before, after, '').filter((name) => !bookkeeping.has(name));
}

function differences(before: object, after: object, path: string): string[] {
  const [was, is] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  const names = new Set([...Object.keys(is), ...Object.keys(was)]);
  return [...names].flatMap((name) => {
    const place = `${path}${name}`;
    const [old, now] = [was[name], is[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return path === '' && isObject(old) && isObject(now) ? differences(old, now, `${place}.`) : [place];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
