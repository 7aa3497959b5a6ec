import { describe, expect, it } from '@jest/globals';
import { readLookup } from './lookup.ts';

const fields = ['phone', 'account.login'];

describe('a look-up', () => {
  it.each([
    ['phone:+4915112345', { field: 'phone', value: '+4915112345' }],
    ['phone: 4915112345', { field: 'phone', value: '+4915112345' }],
    ['data.phone:1', { field: 'phone', value: '1' }],
    ['account.login:a:b', { field: 'account.login', value: 'a:b' }],
    ['data.account.login: A ', { field: 'account.login', value: ' A ' }],
    [`phone:${'x'.repeat(200)}`, { field: 'phone', value: 'x'.repeat(200) }],
  ])('%s', (text, lookup) => expect(readLookup(text, fields)).toEqual(lookup));

  it.each([
    ['phone', 'must be a field, a colon and a value, like phone:value'],
    [':1', 'must be a field, a colon and a value, like phone:value'],
    ['phone:', 'must be a field, a colon and a value, like phone:value'],
    ['name:1', 'must name an indexed field: phone, account.login'],
    [`phone:${'x'.repeat(201)}`, 'must have a value of at most 200 characters'],
  ])('%s is refused: %s', (text, message) => expect(() => readLookup(text, fields)).toThrow(message));

  it('is refused where no fields are configured, with what to do', () => {
    expect(() => readLookup('phone:1', [])).toThrow('finds nothing: set SEARCH_FIELDS to index fields of events');
  });
});
