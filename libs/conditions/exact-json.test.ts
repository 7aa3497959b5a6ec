import { describe, expect, it } from '@jest/globals';
import { readExactJson } from './exact-json.ts';
import { Uint, type Value } from './values.ts';

describe('an exact reading of JSON', () => {
  it.each<[string, Value]>([
    ['0', 0n],
    ['-0', 0n],
    ['-12', -12n],
    ['999999999999999', 999999999999999n],
    ['1000000000000000', 1000000000000000n],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775808', new Uint(9223372036854775808n)],
    ['18446744073709551615', new Uint(18446744073709551615n)],
    ['18446744073709551616', 18446744073709552000],
    ['-9223372036854775809', -9223372036854775809],
    ['123456789012345678901234567890', 123456789012345678901234567890],
    ['1.0', 1],
    ['-0.0', -0],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['1e-3', 0.001],
    ['12.5', 12.5],
    ['1E400', Infinity],
    ['true', true],
    ['false', false],
    ['null', null],
    ['""', ''],
    [String.raw`"a\"b\\\u00e9\n"`, 'a"b\\é\n'],
    [String.raw`"\\"`, '\\'],
    ['"[1,{}]"', '[1,{}]'],
    ['[]', []],
    [' [ 1 , [ ] , "a" ] ', [1n, [], 'a']],
    ['{}', new Map()],
    [
      '{ "a" : 1 , "b" : { "c" : [ true ] } }',
      new Map<string, Value>([
        ['a', 1n],
        ['b', new Map([['c', [true]]])],
      ]),
    ],
    ['{"a":1,"a":2}', new Map([['a', 2n]])],
    [
      '{"__proto__":1,"1":2}',
      new Map([
        ['__proto__', 1n],
        ['1', 2n],
      ]),
    ],
    [String.raw`{"\u0061":1}`, new Map([['a', 1n]])],
    ['[\r\n\t1]', [1n]],
  ])('of %s', (text, value) => {
    expect(readExactJson(text)).toStrictEqual(value);
  });

  it('is what JSON.parse reads, but for the kinds of numbers', () => {
    const document = { a: [1, 2.5, 'x"\\', null, true, { b: {}, c: [] }], 'é𝒳': -3, '': '' };
    const plain = (value: Value): unknown => {
      if (value instanceof Map)
        return Object.fromEntries([...value].map(([key, member]) => [key, plain(member as Value)]));
      if (Array.isArray(value)) return (value as Value[]).map(plain);
      return typeof value === 'bigint' ? Number(value) : value;
    };
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, '\t')]) {
      expect(plain(readExactJson(text))).toEqual(document);
    }
  });
});
