export interface FieldChange {
  /** `retry.maxAttempts` */
  readonly field: string;
  /** As JSON; undefined where it was not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The fields in which two objects differ, in the order of the second; lists count as one field. */
export function fieldChanges(before: object | null, after: object | null): FieldChange[] {
  const [was, is] = [before, after].map((value) => new Map(value ? leaves(value) : []));
  const fields = new Set([...is!.keys(), ...was!.keys()]);
  return [...fields]
    .map((field) => ({ field, before: was!.get(field), after: is!.get(field) }))
    .filter((change) => change.before !== change.after);
}

function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const field = prefix + name;
    const isBranch = typeof child === 'object' && child !== null && !Array.isArray(child);
    return isBranch ? leaves(child, `${field}.`) : [[field, JSON.stringify(child)] as [string, string]];
  });
}
