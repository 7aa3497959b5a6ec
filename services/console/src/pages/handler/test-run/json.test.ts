import { describe, expect, it } from '@jest/globals';
import { jsonFault, lineAt } from './json-fault.ts';
import { placeOf } from './json-place.ts';

describe('a text that is to be JSON', () => {
  it.each([
    ['{"a": 1}', undefined],
    ['{"a": 1,\n "b" 2}', 14],
    ['{"a": ', 6],
    ['', 0],
  ])('%j has its fault at %p', (text, offset) => {
    expect(jsonFault(text)?.offset).toBe(offset);
  });

  it('is told without the place, which is shown, and by its line', () => {
    const text = '{"a": 1,\n "b" 2}';
    const { message, offset } = jsonFault(text)!;
    expect(message).toMatch(/^Expected ':' after property name$/);
    expect(lineAt(text, offset!)).toBe(2);
  });
});

describe('a field in JSON', () => {
  const text = '{\n  "event": { "id": "dt", "dt": 1 },\n  "data": { "id": 2, "a": [{ "id": 3 }, { "id": 4 }] }\n}';
  it.each([
    ['event', '"event"'],
    ['event.dt', '"dt": 1'],
    ['data.id', '"id": 2'],
    ['data.a.1.id', '"id": 4'],
    ['data.a.1', '{ "id": 4'],
    ['data.missing', '"data"'],
  ])('%s stands at %s', (path, place) => {
    expect(placeOf(text, path)).toBe(text.indexOf(place));
  });

  it('is nowhere when nothing of it is there', () => {
    expect(placeOf(text, 'previous.id')).toBeUndefined();
  });
});
