import { describe, expect, it } from '@jest/globals';
import { oneOfIn, pageIn, parseSearch, stringifySearch, textIn } from './search.ts';

describe('the address', () => {
  it.each([
    [{}, ''],
    [{ q: 'a b&c', page: 2 }, '?q=a+b%26c&page=2'],
    [{ q: '', event: undefined, type: null }, ''],
    [{ q: '12' }, '?q=12'],
  ])('of %j is %s', (search, text) => {
    expect(stringifySearch(search)).toBe(text);
    const given = Object.entries(search).filter(([, value]) => value !== '' && value !== undefined && value !== null);
    expect(parseSearch(text)).toEqual(Object.fromEntries(given.map(([name, value]) => [name, String(value)])));
  });

  it('has nothing that a page does not know', () => {
    expect([textIn('x'), textIn(' '), textIn(1), textIn(undefined)]).toEqual(['x', undefined, undefined, undefined]);
    expect([oneOfIn(['a', 'b'], 'b'), oneOfIn(['a'], 'toString')]).toEqual(['b', undefined]);
    expect(['2', '1', '0', '-3', '2.5', 'x', '9999999', undefined].map(pageIn)).toEqual([
      2,
      ...Array(7).fill(undefined),
    ]);
  });
});
