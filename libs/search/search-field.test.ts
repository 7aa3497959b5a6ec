import { describe, expect, it } from '@jest/globals';
import { defaultRedactedFields } from '#redaction';
import { readSearchField, redactionOf } from './search-field.ts';

describe('the name of a searched field', () => {
  it.each([
    ['phone', { name: 'phone', path: ['phone'] }],
    ['data.phone', { name: 'phone', path: ['phone'] }],
    ['data.account.login', { name: 'account.login', path: ['account', 'login'] }],
    ['data.data.x', { name: 'data.x', path: ['data', 'x'] }],
    ['Имя-1_$@', { name: 'Имя-1_$@', path: ['Имя-1_$@'] }],
  ])('%s is read', (text, field) => expect(readSearchField(text)).toEqual(field));

  it.each(['', 'data.', '.x', 'x.', 'a..b', 'a b', 'a:b', '*', 'x'.repeat(101)])('%j is refused', (text) => {
    expect(readSearchField(text)).toBeUndefined();
  });
});

describe('a field is redacted', () => {
  it.each([
    ['password', '*password*', defaultRedactedFields],
    ['account.sipPassword', '*password*', defaultRedactedFields],
    ['tokens.first', '*token*', defaultRedactedFields],
    ['card.number', 'card', ['card']],
    ['card.number', 'card.number', ['card.number']],
    ['a.card.number', 'card.num*', ['x', 'card.num*']],
    ['phone', 'data', ['data']],
    ['phone', 'data.phone', ['data.phone']],
    ['auth_key', 'AUTHKEY', ['AUTHKEY']],
  ])('%s by %s', (text, pattern, patterns) => {
    expect(redactionOf(readSearchField(text)!, patterns)).toBe(pattern);
  });

  it.each(['phone', 'account.login', 'imsi', 'pinned'])('%s is not, by default', (text) => {
    expect(redactionOf(readSearchField(text)!, defaultRedactedFields)).toBeUndefined();
  });
});
