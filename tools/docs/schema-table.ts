import type { JsonObject } from '#contracts';
import { code, table } from './markdown.ts';
import { fieldsOf, typeWords, type ReferenceWords } from './schema-words.ts';

/** The fields that a schema names, one a row. */
export function fieldTable(schema: JsonObject, reference?: ReferenceWords): string {
  const rows = fieldsOf(schema).map(({ path, required, schema: field }) => {
    const { description = '', default: fallback } = field;
    const about = [description as string, fallback === undefined ? '' : `Default: ${code(JSON.stringify(fallback))}`];
    return [
      code(path),
      typeWords(field, reference),
      required ? 'yes' : '',
      about.filter((text) => text !== '').join('. '),
    ];
  });
  return table(['field', 'what it may be', 'always there', 'what it says'], rows);
}
