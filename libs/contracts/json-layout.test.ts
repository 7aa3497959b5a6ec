import { describe, expect, it } from '@jest/globals';
import { compactJson, indentJson } from './json-layout.ts';

describe('the layout of a JSON text', () => {
  const values = [
    {},
    [],
    { a: [] },
    [{}, [1, 'x,:{}"\\'], null, true],
    { 'é"': { b: 'c' }, d: -1.5e-7 },
    'text',
    12,
    null,
  ];

  it.each(values)('is that of JavaScript: %j', (value) => {
    for (const text of [
      JSON.stringify(value),
      JSON.stringify(value, null, '\t'),
      ` ${JSON.stringify(value, null, 1)}\r\n`,
    ]) {
      expect(indentJson(text)).toBe(JSON.stringify(value, null, 2));
      expect(compactJson(text)).toBe(JSON.stringify(value));
    }
  });

  it('leaves everything else as it is written', () => {
    const text = String.raw`{"b":1.0,"2":9007199254740993,"1":-0,"a":1E400,"a":123456789012345678901234567890,"u":"\u00e9\/"}`;
    expect(compactJson(indentJson(text))).toBe(text);
    expect(indentJson('{"a":1.0,"a":1}')).toBe('{\n  "a": 1.0,\n  "a": 1\n}');
  });
});
