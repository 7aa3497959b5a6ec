/** A field whose value is another than before. */
export interface FieldChange {
  /** `retry.schedule`, `task.headers.authorization`. */
  readonly field: string;
  /** As text; undefined where there was nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Fields that every change changes. */
const bookkeeping = new Set(['version', 'updatedAt']);

type Fields = Readonly<Record<string, unknown>>;

/**
 * What differs between two states, field by field; lists are compared as a whole, since their elements have no names.
 * Where one of the states is not there, all of the other.
 */
export function changesBetween(before: Fields | null, after: Fields | null): FieldChange[] {
  const [was, is] = [flattened(before ?? {}), flattened(after ?? {})];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((field) => ({ field, before: was.get(field), after: is.get(field) }))
    .filter((change) => change.before !== change.after)
    .filter(({ field }) => before === null || after === null || !bookkeeping.has(field));
}

function flattened(value: Fields, path = '', into = new Map<string, string>()): Map<string, string> {
  for (const [name, field] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (isFields(field) && Object.keys(field).length > 0) flattened(field, here, into);
    else into.set(here, asText(field));
  }
  return into;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text as it is, unless it would be taken for nothing; everything else as JSON. */
function asText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}
