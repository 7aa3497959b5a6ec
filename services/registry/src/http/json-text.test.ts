import { describe, expect, it } from '@jest/globals';
import { jsonText, writeAnswer } from './json-text.ts';

describe('an answer with JSON that others wrote', () => {
  it('has it as it is written', () => {
    const text = String.raw`{ "b": 1.0, "2":9007199254740993, "a":-0, "a":1E400, "$&":"\u00e9$1" }`;
    expect(writeAnswer({ id: 1, data: jsonText(text), list: [jsonText('null'), jsonText('"x"')] })).toBe(
      `{"id":1,"data":${text},"list":[null,"x"]}`,
    );
  });

  it('is plain JSON where it has none', () => {
    expect(writeAnswer({ a: [1, 'x', null], at: new Date(0) })).toBe(
      '{"a":[1,"x",null],"at":"1970-01-01T00:00:00.000Z"}',
    );
  });
});
