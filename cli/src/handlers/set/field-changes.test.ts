import { describe, expect, it } from '@jest/globals';
import { fieldChanges } from './field-changes.ts';

describe('the changes of fields', () => {
  it('name each that differs, however deep, and lists as a whole', () => {
    const before = { a: 1, b: { c: 'x', d: [1, 2] }, gone: true, same: { e: null } };
    const after = { a: 2, b: { c: 'x', d: [1, 3] }, same: { e: null }, new: '' };
    expect(fieldChanges(before, after)).toEqual([
      { field: 'a', before: '1', after: '2' },
      { field: 'b.d', before: '[1,2]', after: '[1,3]' },
      { field: 'new', before: undefined, after: '""' },
      { field: 'gone', before: 'true', after: undefined },
    ]);
  });

  it('are all fields of what is new, and none of what is the same', () => {
    expect(fieldChanges(null, { a: 1 })).toEqual([{ field: 'a', before: undefined, after: '1' }]);
    expect(fieldChanges({ a: { b: 1 } }, { a: { b: 1 } })).toEqual([]);
  });
});
