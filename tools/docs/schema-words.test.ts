import { describe, expect, it } from '@jest/globals';
import { eventTypes, type JsonObject } from '#contracts';
import { fieldsOf, typeWords } from './schema-words.ts';

describe('what a value may be, in words', () => {
  const cases: [schema: JsonObject, words: string][] = [
    [{}, 'anything'],
    [{ type: 'integer', minimum: 1, maximum: 10 }, 'whole number, 1 to 10'],
    [{ type: 'integer', minimum: 1 }, 'whole number'],
    [{ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, 'whole number'],
    [{ type: 'string', minLength: 0, maxLength: 5 }, 'string, up to 5 characters'],
    [{ type: ['string', 'null'], format: 'date-time' }, 'date-time or `null`'],
    [{ const: '1.0' }, '`"1.0"`'],
    [{ enum: ['a', null] }, '`"a"`, `null`'],
    [{ enum: eventTypes.map(({ id }) => id) }, 'string, an event type'],
    [{ oneOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'string' }] }, 'string or boolean'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Thing' } }, 'list of [Thing]'],
    [{ default: {}, allOf: [{ $ref: '#/components/schemas/Thing' }] }, '[Thing]'],
  ];

  it.each(cases)('%j', (schema, words) => {
    expect(typeWords(schema, (name) => `[${name}]`)).toBe(words);
  });
});

it('the fields of an object are those of objects within it, too', () => {
  const inner = { type: 'object', required: ['b'], properties: { b: { type: 'string' } } };
  const fields = fieldsOf({ type: 'object', properties: { a: inner, c: { type: 'boolean' } }, required: ['a'] });
  expect(fields.map(({ path, required }) => [path, required])).toEqual([
    ['a', true],
    ['a.b', true],
    ['c', false],
  ]);
});
