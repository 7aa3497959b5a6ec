import { describe, expect, it } from '@jest/globals';
import { findJsonFault, jsonFault } from './json-fault.ts';

describe('what is wrong with a text that is no JSON', () => {
  it.each([
    ['', 'expected a value, found nothing (line 1 column 1)'],
    [' ', 'expected a value, found the end of the text (line 1 column 2)'],
    ['{"password": hunter2}', "expected a value, found 'h' (line 1 column 14)"],
    ['hunter2 is my password', "expected a value, found 'h' (line 1 column 1)"],
    ['{"a":1,}', "expected a property name in double quotes, found '}' (line 1 column 8)"],
    ["{'a':1}", "expected a property name in double quotes, or }, found ''' (line 1 column 2)"],
    ['{"a"=1}', "expected :, found '=' (line 1 column 5)"],
    ['{"a":1 "b":2}', `expected , or }, found '"' (line 1 column 8)`],
    ['[1,2,]', "expected a value, found ']' (line 1 column 6)"],
    ['[1 2]', "expected , or ], found '2' (line 1 column 4)"],
    ['[1}', "expected , or ], found '}' (line 1 column 3)"],
    ['{"a":[1,{"b":"hunter2', 'a string begins here and does not end (line 1 column 14)'],
    ['{"event":', 'expected a value, found the end of the text (line 1 column 10)'],
    ['{"a":1', 'expected , or }, found the end of the text (line 1 column 7)'],
    ['{} x', "expected the end of the text, found 'x' (line 1 column 4)"],
    ['\n{\n  "a": 1\n  "b": 2\n}', `expected , or }, found '"' (line 4 column 3)`],
    ['{\r\n"a":\r\nNaN}', "expected a value, found 'N' (line 3 column 1)"],
    ['\ufeff{}', 'expected a value, found a byte order mark (U+FEFF) (line 1 column 1)'],
    ['{"a":\u00a01}', 'expected a value, found U+00A0 (line 1 column 6)'],
    ['"a\tb"', 'expected an escape such as \\n in place of a control character, found U+0009 (line 1 column 3)'],
    ['"\\x"', "expected one of \" \\ / b f n r t u behind the backslash, found 'x' (line 1 column 3)"],
    ['"\\u12"', `expected four hexadecimal digits, found '1' (line 1 column 4)`],
    ['[01]', "expected , or ], found '1' (line 1 column 3)"],
    ['[-]', "expected a value, found '-' (line 1 column 2)"],
    ['[1.]', "expected , or ], found '.' (line 1 column 3)"],
    ['😀', "expected a value, found '😀' (line 1 column 1)"],
  ])('%j: %s', (text, fault) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(jsonFault(text)).toBe(fault);
  });

  it('is nothing where the text is JSON', () => {
    const texts = [
      '1',
      ' -0.5e+3 ',
      '"\\ud800\\n"',
      '[]',
      '{}',
      '[[],{"a":[{}],"b":null}]',
      '{"a":{"b":true},"c":false}',
    ];
    for (const text of texts) {
      JSON.parse(text);
      expect([text, findJsonFault(text)]).toEqual([text, undefined]);
    }
  });

  it('is found where the engine finds one, in every beginning of a text and with every change of a character', () => {
    const text = '{"a":[1,-2.5e3,"x\\u00e9\\n"],"b":{"c":null,"d":[true,false,{}]},"e":""}';
    const changed = Array.from(text, (_, at) =>
      ['', '"', '}', ']', ',', ':', '0', 'x', '\\', '\n'].map(
        (other) => text.slice(0, at) + other + text.slice(at + 1),
      ),
    );
    const beginnings = Array.from(text, (_, length) => text.slice(0, length));
    for (const candidate of [...beginnings, ...changed.flat()]) {
      expect([candidate, findJsonFault(candidate) === undefined]).toEqual([candidate, isJson(candidate)]);
    }
  });

  it('is found without recursion, however deep the text nests', () => {
    expect(jsonFault('['.repeat(1_000_000))).toBe(
      'expected a value, found the end of the text (line 1 column 1000001)',
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
