import { mostSearchFields, readSearchField, redactionOf, type SearchField } from '#search';
import type { EnvironmentReader } from './environment.ts';
import { parser } from './parsers.ts';

/** Names of fields of events whose values are indexed; each once. */
export const searchFields = parser(
  `a comma-separated list of at most ${mostSearchFields} fields of data like phone,data.account.login`,
  (value): SearchField[] | undefined => {
    const fields = new Map<string, SearchField>();
    for (const part of value.split(',').map((text) => text.trim())) {
      if (part === '') continue;
      const field = readSearchField(part);
      if (field === undefined) return undefined;
      fields.set(field.name, field);
    }
    return fields.size > mostSearchFields ? undefined : [...fields.values()];
  },
);

/** Refuses fields whose values are not shown: users who search could guess them. */
export function refuseRedactedFields(
  reader: EnvironmentReader,
  fields: readonly SearchField[],
  redactedFields: readonly string[],
): void {
  for (const field of fields) {
    const pattern = redactionOf(field, redactedFields);
    if (pattern === undefined) continue;
    reader.refuse(`SEARCH_FIELDS must not have ${field.name}: REDACTED_FIELDS hides it with ${pattern}`);
  }
}
