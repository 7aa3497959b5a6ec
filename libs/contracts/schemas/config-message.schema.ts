import type { JsonObject } from '../json.ts';
import { catalogChangedPattern, catalogReloadPattern } from '../messages.ts';

const message = (pattern: string, data: JsonObject): JsonObject => ({
  type: 'object',
  required: ['pattern', 'data'],
  properties: { pattern: { const: pattern, description: 'Which message it is' }, data },
});

export const catalogChangedSchema: JsonObject = message(catalogChangedPattern, {
  type: 'object',
  required: ['revision'],
  properties: { revision: { type: 'integer', minimum: 0, description: "The catalog's revision after the change" } },
});

export const catalogReloadSchema: JsonObject = message(catalogReloadPattern, { type: 'object' });
