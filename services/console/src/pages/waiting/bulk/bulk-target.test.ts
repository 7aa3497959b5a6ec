import { describe, expect, it } from '@jest/globals';
import { bulkFilter } from './bulk-target.ts';

describe('the keys of a bulk action', () => {
  it('are the selected ones', () => {
    expect(bulkFilter({ kind: 'selected', keys: ['a', 'b'] }, '10m')).toEqual({ partitionKeys: ['a', 'b'] });
  });

  it('are all that match the list and wait longer than the given duration', () => {
    const filters = { handlerId: 'h', reason: 'timeout', cursor: 'c' };
    expect(bulkFilter({ kind: 'filter', filters }, ' 10m ')).toEqual({
      handlerId: 'h',
      reason: 'timeout',
      waitingLongerThan: '10m',
    });
    expect(bulkFilter({ kind: 'filter', filters: {} })).toEqual({});
  });
});
