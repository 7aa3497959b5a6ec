import { describe, expect, it } from '@jest/globals';
import { jsonPlaces, lineAndColumn, placeOf } from './json-places.ts';

describe('where a JSON text goes wrong', () => {
  it.each([
    ['', 0, 'a value is missing at the end'],
    ['{"a": 1,}', 8, 'expected a string in double quotes'],
    ["{'a': 1}", 1, 'expected a string in double quotes'],
    ['{"a" 1}', 5, 'expected a colon'],
    ['{"a": 1 "b": 2}', 8, 'expected a comma or }'],
    ['[1, 2', 5, 'expected a comma or ]'],
    ['[1, hunter]', 4, 'expected a value'],
    ['{"a": 01}', 7, 'expected a comma or }'],
    ['{"a": "no end}', 6, 'unterminated string, or a character that must be escaped'],
    ['["line\nbreak"]', 1, 'unterminated string, or a character that must be escaped'],
    ['{} x', 3, 'unexpected text after the value'],
    ['['.repeat(100_000), 201, 'nests deeper than 200 levels'],
  ])('%.30j at %d: %s', (text, offset, message) => {
    expect(jsonPlaces(text).fault).toEqual({ offset, message });
  });

  it.each(['null', ' [] ', '{"a":{"b":[1,-2.5e+3,true,"\\u00e4\\n😀\u007f"]}}', '"\\\\"'])(
    '%j is JSON, as JSON.parse has it',
    (text) => {
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      expect(jsonPlaces(text).fault).toBeUndefined();
    },
  );
});

describe('where a field stands', () => {
  const text = '{\n  "event": {"dt": "today"},\n  "data": {"list": [1, {"a": null}]}\n}';
  const standing = (field: string): string | undefined => {
    const place = placeOf(field, jsonPlaces(text));
    return place && text.slice(place.offset, place.offset + place.length);
  };

  it.each([
    ['event.dt', '"today"'],
    ['data.list[1].a', 'null'],
    ['data.list[0]', '1'],
    // What is missing is missing in something.
    ['event.events_id', '{"dt": "today"}'],
    ['data.list[7]', '[1, {"a": null}]'],
    ['nowhere', text],
    ['', text],
  ])('%s', (field, value) => {
    expect(standing(field)).toBe(value);
  });

  it('is nowhere in a text that ends before it', () => {
    expect(placeOf('event', jsonPlaces('{"data": 1'))).toBeUndefined();
  });

  it('is told by line and column', () => {
    expect(lineAndColumn(text, placeOf('data', jsonPlaces(text))!.offset)).toEqual({ line: 3, column: 11 });
  });
});
