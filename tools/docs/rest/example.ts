import { isJsonObject, type Json, type JsonObject } from '#contracts';
import { schemasOf } from '../schema-words.ts';
import type { ApiDescription } from './api-description.ts';

/** A value that fits a schema, and is short: what has to be there, and what has an example. */
export function exampleOf(api: ApiDescription, schema: JsonObject): Json {
  const { $ref, example, default: fallback, enum: choices, format } = schema;
  if (example !== undefined) return example;
  if (typeof $ref === 'string') return exampleOf(api, api.components.schemas[$ref.split('/').at(-1)!]!);
  const [first] = schemasOf(schema, 'oneOf') ?? schemasOf(schema, 'anyOf') ?? schemasOf(schema, 'allOf') ?? [];
  if (first) return exampleOf(api, first);
  if (fallback !== undefined) return fallback;
  if (Array.isArray(choices)) return choices[0] as Json;
  const [type] = [schema['type'] ?? 'object'].flat();
  if (type === 'array') return isJsonObject(schema['items']) ? [exampleOf(api, schema['items'])] : [];
  if (type === 'object') return objectExample(api, schema);
  if (type === 'string')
    return format === 'date-time' ? '2026-03-01T09:15:00Z' : format === 'uuid' ? exampleId : 'text';
  return type === 'boolean' ? true : 1;
}

const exampleId = '019ca8d0-1f00-7c3e-9a51-0b7de2c4f611';

function objectExample(api: ApiDescription, { properties = {}, required = [] }: JsonObject): JsonObject {
  const shown = Object.entries(properties as Record<string, JsonObject>).filter(
    ([name, field]) => (required as string[]).includes(name) || field['example'] !== undefined,
  );
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleOf(api, field)]));
}
