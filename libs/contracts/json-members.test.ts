import { describe, expect, it } from '@jest/globals';
import { memberTexts, repeatedMembers, withMember } from './json.ts';

describe('the members of a JSON text', () => {
  it('are as they are written', () => {
    const text = String.raw`{ "a" : 1.10 , "b\"}" : {"x":[1,{"a":2}]}, "\u0063":"}\\" ,"a":9007199254740993}`;
    expect([...memberTexts(text)]).toEqual([
      ['a', '9007199254740993'],
      ['b"}', '{"x":[1,{"a":2}]}'],
      ['c', String.raw`"}\\"`],
    ]);
    expect(memberTexts(' {} ').size).toBe(0);
  });

  it.each([
    ['{"a":1,"b":2}', []],
    ['{"a":1,"b":2,"a":3}', ['a']],
    [String.raw`{"a":1,"\u0061":3}`, ['a']],
    ['{"event":{"id":1,"dt":2,"id":3},"data":{"id":1,"id":2}}', ['event.id']],
    ['{"event":{"x":{"id":1,"id":2},"y":["id","id"]},"list":["a","a",{"b":1,"b":2}]}', []],
    ['{"event":{"id":1},"event":{"id":1}}', ['event']],
    ['{"other":{"id":1,"id":2},"event":{"id":1}}', []],
    ['{"a":"event","b":{"id":1,"id":2}}', []],
    ['{}', []],
  ])('that are there more than once: %s', (text, expected) => {
    expect(repeatedMembers(text, 'event')).toEqual(expected);
  });

  it('are looked through in time of the length', () => {
    const text = `{${Array.from({ length: 80_000 }, (_, i) => `"k${i}":${i}`).join(',')},"k7":1}`;
    expect(repeatedMembers(text)).toEqual(['k7']);
  });

  it.each([
    ['{ "a" : 1.0 , "b":2 }', '{ "a" : 7 , "b":2 }'],
    ['{ "b":2 }', '{"a":7, "b":2 }'],
    ['{}', '{"a":7}'],
    ['{"b":{"a":1}}', '{"a":7,"b":{"a":1}}'],
  ])('with another value for one: %s', (text, expected) => {
    expect(withMember(text, 'a', '7')).toBe(expected);
  });
});
