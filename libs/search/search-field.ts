import { nameMatcher } from '#redaction';

/** A field of an event's `data` whose values are indexed. */
export interface SearchField {
  /** Without the prefix `data.`, such as `account.login`. */
  readonly name: string;
  /** The names of the members on the way to it, from `data` on. */
  readonly path: readonly string[];
}

/** Each field is a row per event, which executors write. */
export const mostSearchFields = 8;

const prefix = 'data.';
const segment = /^[\p{L}\p{N}_$@-]{1,100}$/u;

/** Reads the name of a field, with or without the prefix `data.`; undefined when it cannot be one. */
export function readSearchField(text: string): SearchField | undefined {
  const name = searchFieldName(text);
  const path = name.split('.');
  return path.every((part) => segment.test(part)) ? { name, path } : undefined;
}

/** The name of a field as {@link SearchField} has it. */
export function searchFieldName(text: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/**
 * The redacted pattern that may hide a field or an object that holds it; undefined when there is none. A pattern with
 * dots is compared with the path as well, since its author means a path.
 *
 * @param patterns Of `REDACTED_FIELDS`.
 */
export function redactionOf({ path }: SearchField, patterns: readonly string[]): string | undefined {
  const names = stretchesOf(['data', ...path]);
  return patterns.find((pattern) => names.some(nameMatcher([pattern])));
}

/** Every stretch of a path: `a`, `a.b`, `a.b.c`, `b`, `b.c` and `c`. */
function stretchesOf(path: readonly string[]): string[] {
  return path.flatMap((_, start) =>
    path.slice(start).map((__, index) => path.slice(start, start + index + 1).join('.')),
  );
}
