import { describe, expect, it } from '@jest/globals';
import { lookupsFor, readSearched, searchNote } from './searched.ts';

const fields = ['phone', 'account.login'];

describe('what is typed into a search box', () => {
  it.each([
    ['12', { q: '12' }],
    [' no such user ', { q: 'no such user' }],
    ['error: refused', { q: 'error: refused' }],
    ['phone:', { q: 'phone:' }],
    ['phone:+4915112345', { lookup: 'phone:+4915112345' }],
    ['data.account.login:anna', { lookup: 'data.account.login:anna' }],
    ['  ', {}],
  ])('%j', (text, searched) => {
    expect(readSearched(text, fields)).toEqual({ q: undefined, lookup: undefined, ...searched });
  });

  it('can be looked up in each field, unless it names one', () => {
    expect(lookupsFor(' anna ', fields)).toEqual([
      { field: 'phone', lookup: 'phone:anna' },
      { field: 'account.login', lookup: 'account.login:anna' },
    ]);
    expect(lookupsFor('phone:1', fields)).toEqual([]);
    expect(lookupsFor('', fields)).toEqual([]);
    expect(lookupsFor('anna', [])).toEqual([]);
  });
});

it('a text is searched in the last day unless a time is chosen, and only then the list says so', () => {
  expect(searchNote({ q: 'x' }, true)).toContain('last day');
  expect(searchNote({ q: 'x' }, false)).toBeUndefined();
  expect(searchNote({ lookup: 'phone:1' }, true)).toBeUndefined();
});
