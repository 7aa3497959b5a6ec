import { longestValue, type FieldValue } from './field-values.ts';
import { searchFieldName } from './search-field.ts';

/** What is wrong with a look-up; completes "lookup …". */
export class BadLookup extends Error {
  override readonly name = 'BadLookup';
}

/**
 * Reads a look-up, `phone:+4915112345` or `data.phone:+4915112345`. All behind the first colon is the value.
 *
 * @param fields Names of the configured fields.
 * @throws {BadLookup} When it is none, or names a field that is not configured.
 */
export function readLookup(text: string, fields: readonly string[]): FieldValue {
  if (fields.length === 0) throw new BadLookup('finds nothing: set SEARCH_FIELDS to index fields of events');
  const colon = text.indexOf(':');
  const field = searchFieldName(text.slice(0, Math.max(colon, 0)).trim());
  // A + that is not encoded in a URL arrives as a space, and phone numbers begin with one.
  const value = text.slice(colon + 1).replace(/^ (?=\d)/, '+');
  if (colon < 1 || value === '') throw new BadLookup(`must be a field, a colon and a value, like ${fields[0]!}:value`);
  if (!fields.includes(field)) throw new BadLookup(`must name an indexed field: ${fields.join(', ')}`);
  if (value.length > longestValue) throw new BadLookup(`must have a value of at most ${longestValue} characters`);
  return { field, value };
}
