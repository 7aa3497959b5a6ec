import type { FieldError } from '#contracts';
import { InvalidInput } from '../domain-error.ts';
import { inheritedNames } from './json-body.ts';

/**
 * Reads the parameters of a query string, each of which may be given once. A blank one counts as not given, as it comes
 * from forms.
 *
 * @throws {InvalidInput} Naming every parameter that was given more than once.
 */
export function readQuery(query: unknown): Record<string, string> {
  const entries = Object.entries(query as Record<string, string | string[]>);
  const repeated = entries.filter(([, value]) => Array.isArray(value));
  const errors: FieldError[] = [
    ...inheritedNames(query),
    ...repeated.map(([field]) => ({ field, message: 'must be given once' })),
  ];
  if (errors.length > 0) throw new InvalidInput(errors);
  return Object.fromEntries(entries.filter(([, value]) => value !== '')) as Record<string, string>;
}
