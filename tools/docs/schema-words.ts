import { eventTypes, identifierPattern, isJsonObject, type Json, type JsonObject } from '#contracts';
import { code } from './markdown.ts';

type Schema = JsonObject;
/** What a `$ref` is written as: for example a link. */
export type ReferenceWords = (name: string) => string;

const asName: ReferenceWords = (name) => name;

/** What a value may be, in words: "one of `a`, `b`", "a whole number from 1 to 10". */
export function typeWords(schema: Schema, reference: ReferenceWords = asName): string {
  const { $ref, const: constant, enum: choices, format } = schema;
  if (typeof $ref === 'string') return reference($ref.split('/').at(-1)!);
  if (constant !== undefined) return code(JSON.stringify(constant));
  const alternatives = schemasOf(schema, 'oneOf') ?? schemasOf(schema, 'anyOf') ?? schemasOf(schema, 'allOf');
  if (alternatives) return [...new Set(alternatives.map((one) => typeWords(one, reference)))].join(' or ');
  if (Array.isArray(choices)) return choiceWords(choices);
  if (isJsonObject(schema['items'])) return `list of ${typeWords(schema['items'], reference)}`;
  const types = [schema['type'] ?? 'anything'].flat() as string[];
  const words = types.map((type) => (type === 'string' && typeof format === 'string' ? format : (names[type] ?? type)));
  return words.join(' or ') + boundWords(schema);
}

const names: Readonly<Record<string, string>> = { integer: 'whole number', null: '`null`' };

/** The event types are many, and have a table of their own. */
const everyEventType = JSON.stringify(eventTypes.map(({ id }) => id));

function choiceWords(choices: readonly Json[]): string {
  if (JSON.stringify(choices) === everyEventType) return 'string, an event type';
  return choices.map((choice) => code(JSON.stringify(choice))).join(', ');
}

function boundWords({ minimum, maximum, minLength, maxLength, minItems, maxItems, pattern }: Schema): string {
  const of = (from: Json | undefined, to: Json | undefined, unit: string): string => {
    if (typeof to !== 'number' || to >= Number.MAX_SAFE_INTEGER) return '';
    return typeof from === 'number' && from > 0 ? `, ${from} to ${to}${unit}` : `, up to ${to}${unit}`;
  };
  return (
    of(minimum, maximum, '') +
    of(minLength, maxLength, pattern === identifierPattern ? ' bytes' : ' characters') +
    of(minItems, maxItems, ' items')
  );
}

export function schemasOf(schema: Schema, keyword: string): Schema[] | undefined {
  const value = schema[keyword];
  return Array.isArray(value) ? (value as Schema[]) : undefined;
}

/** The fields of an object, with those of objects within it, by their paths. */
export function fieldsOf(schema: Schema, path = ''): { path: string; required: boolean; schema: Schema }[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties as Record<string, Schema>).flatMap(([name, field]) => {
    const here = { path: path + name, required: (required as string[]).includes(name), schema: field };
    return [here, ...fieldsOf(field, `${path}${name}.`)];
  });
}
